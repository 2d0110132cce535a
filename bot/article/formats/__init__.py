"""Files of each format that is no web page and no plain text, as the fields of their articles."""
