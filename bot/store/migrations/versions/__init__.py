"""One script a schema, named after its revision; a published one never changes."""
