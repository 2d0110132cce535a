"""Commands about what is kept as a whole: copies, forgetting, figures, reading anew."""
