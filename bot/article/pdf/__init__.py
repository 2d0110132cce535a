"""PDF: words with places on pages become running text."""
