"""How files with articles are called: by these they are noticed, whatever they turn out to be when they are read."""

from __future__ import annotations

ARTICLE_ENDINGS = (
    ".txt", ".text", ".md", ".html", ".htm", ".mhtml", ".mht", ".eml", ".pdf", ".docx", ".odt", ".rtf", ".epub",
    ".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".enex", ".gz", ".zip",
)  # fmt: skip
