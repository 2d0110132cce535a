"""What the pages on the web say around the words of articles."""
