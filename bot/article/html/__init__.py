"""Web pages and pieces of HTML: the body, and what a page states of itself."""
