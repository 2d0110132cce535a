"""Copydesk: articles in a folder become digests, quotes and answers in a team's chat, word for word.

The rooms, in the order in which an article passes them: inbox -> ingest -> article -> summary, quotes -> stories -> store -> search,
then digest -> delivery -> chat when a moment comes, and conversation -> search -> chat when somebody asks. ``docs/design.md``
has the plan, a sentence for each room and the three ways file by file; the layers are in ``pyproject.toml``, and checked.
"""
