"""Which words of a sentence name or describe somebody."""
