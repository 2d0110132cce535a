"""Which articles tell one story, which correct one another, and which lines say the same."""
