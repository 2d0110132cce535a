"""Which entries may tell the same event: the words of the title and of the first paragraph."""

from __future__ import annotations

from datetime import datetime

from tantivy import FieldType, Occur, Query, Searcher

from bot.domain.model import Article
from bot.search.fields import ARTICLE, SCHEMA, micros
from bot.search.words import stemmer_of, words

_TERMS = 40  # the first words of a news text name who, what and where
_COMMON = 5  # a word that one article in five has tells nothing
_FEW = 50  # articles, below which nothing can be said about common words


def alike(searcher: Searcher, article: Article, since: datetime) -> Query:
    """Matches articles added at or after ``since`` that share at least two of the words, or all."""
    stemmer = stemmer_of(article.language)
    lead = article.paragraphs[0].of(article.text) if article.paragraphs else article.text[:1000]
    title = dict.fromkeys(words(article.title or "", stemmer))
    terms = list(dict.fromkeys([*title, *words(lead[:2000], stemmer)]))
    telling = [term for term in terms if _telling(searcher, term)][:_TERMS]
    shared = Query.boolean_query(
        [(Occur.Should, _somewhere(term, 2.0 if term in title else 1.0)) for term in telling],
        minimum_number_should_match=min(2, len(telling)) or None,
    )
    recent = Query.range_query(SCHEMA, "added", FieldType.Integer, micros(since), None)
    kind = Query.term_query(SCHEMA, "kind", ARTICLE)
    conditions = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in (kind, recent)]
    return Query.boolean_query([(Occur.Must, shared), *conditions])


def _telling(searcher: Searcher, term: str) -> bool:
    return searcher.num_docs < _FEW or searcher.doc_freq("body", term) * _COMMON < searcher.num_docs


def _somewhere(term: str, weight: float) -> Query:
    places = (("title", 2.0 * weight), ("body", weight))
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(Query.term_query(SCHEMA, field, term), boost))
            for field, boost in places
        ]
    )
