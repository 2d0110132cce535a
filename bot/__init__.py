"""Copydesk: articles in a folder become digests, quotes and answers in a team's chat, word for word.

The house, from the top floor down; imports point down only::

    __main__ > cli > app > config          shell: commands, composition root, settings
    ingest | deliver | answer              the loops: the only place that knows an order
    edition | reading                      one digest prepared; one Document read (reading is pure)
    inbox | article | summary | store | search | digest | chat | workers | clock | log
    ports > errors > query | model | message | phrases           the vocabulary (pure)

Read aloud: inbox -> article -> summary -> store -> search -> digest -> chat.
"""
