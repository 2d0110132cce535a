"""What a sentence says of a quotation: the cue, and whose it is."""
