"""Copydesk: articles in a folder become digests, quotes and answers in a team's chat, word for word.

Read aloud, the rooms are the way of an article: inbox -> ingest -> article -> summary, quotes -> stories -> store -> search,
then digest -> delivery -> chat when a moment comes, and conversation -> search -> chat when somebody asks. ``docs/design.md``
has the plan, a sentence for each room and the three ways file by file; the floors are in ``pyproject.toml``, and checked.
"""
