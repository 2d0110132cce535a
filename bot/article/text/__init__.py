"""Plain text: which lines are the article's, and which the site's."""
