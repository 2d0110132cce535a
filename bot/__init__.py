"""Copydesk: articles in a folder become digests, quotes and answers in a team's chat, word for word.

The house, from the top floor down; imports point down only::

    __main__ > cli > shift > app > config | platforms > options > web     shell
    ingest | deliver | answer               the loops: the only place that knows an order
    posting | roster | opening > enquiry    lanes of delivery; who gets what; files opened; looking things up
    edition | reading | owner | conversation | switchboard
    inbox | article | summary | store | search | digest | chat | workers | clock | log
    ports | carriers > errors > bulletin | dispatch | replies > query | model | message | phrases > tree | failpoints

Read aloud: inbox -> article -> summary -> store -> search -> digest -> chat.
"""
