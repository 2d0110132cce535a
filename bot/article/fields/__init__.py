"""What is told about an article: who, when, where, in which language, under which address."""
