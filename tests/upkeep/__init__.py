"""Kills while a library is looked after: forgotten, copied, indexed anew and merged beside what comes in."""
