"""What may be set of a digest: whoever reads a configuration need not load what composes."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.digests import Style


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score counts; 0 leaves it out."""

    outlets: float = 1.0
    match: float = 1.0
    hardness: float = 1.0
    freshness: float = 1.0


@dataclass(frozen=True, slots=True)
class ComposeSettings:
    """How much a digest shows: stories, and for each its sentences and key quotes, at most.

    ``also`` more stories are listed by their headline. ``words`` is the budget of all stories that are told.
    ``weights`` rank the stories, for readers who want ``wanted``: words or phrases.
    """

    stories: int = 10
    sentences: int = 3
    quotes: int = 1
    style: Style = "standard"
    also: int = 40
    words: int | None = None
    weights: Weights = field(default_factory=Weights)
    wanted: tuple[str, ...] = ()
