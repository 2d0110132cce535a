"""The inbox: a spool folder whose files are claimed, read, settled and answered with a receipt."""
