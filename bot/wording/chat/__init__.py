"""What buttons, forms and files in chat say."""
