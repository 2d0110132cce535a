"""The lead: what the writer put first."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer


class LeadSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """The first sentences; no sumy method beats them on human-written references."""

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """The first ``sentences_count`` sentences of the document."""
        return tuple(document.sentences[:sentences_count])
