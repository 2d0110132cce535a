"""What every summarizer promises, whatever its method."""

from __future__ import annotations

import warnings

import pytest

from bot.domain.model import Article
from bot.domain.ports import Summarizer
from bot.summary.methods import METHODS
from tests.builders import an_article

TOWN = (
    "The harbour bridge closed on Monday after engineers found cracks in two of its pillars.",
    "Mayor Ines Calder said the repairs would take six weeks. Ferries carry commuters across the bay meanwhile.",
    '"Nobody likes a detour," Calder said. "But nobody likes a falling bridge either." Shops on the quay lost trade.',
    "The bridge was built in 1931 and carries forty thousand cars a day. Engineers last painted its pillars in 2019.",
    "Ferries will run every ten minutes until the bridge opens again, the harbour office said.",
)

ODD: dict[str, tuple[str, ...]] = {
    "no sentence": ("   ",),
    "one sentence": ("The bridge will close on Monday.",),
    "only quotes": ("“We will close it.”", "“We will open it again in May. Perhaps.”"),
    "dots": ("...", "!!!"),
    "all capitals": ("THE BRIDGE WILL CLOSE ON MONDAY. FERRIES WILL RUN.", "THE MAYOR SAID SO."),
    "right to left": ("הגשר ייסגר ביום שני. המעבורות יפליגו כל עשר דקות.", "ראש העיר אמר זאת אתמול בערב."),
    "mixed scripts": ("桥将于周一关闭。渡轮每十分钟一班。", "The mayor said so. Мост закроют в понедельник."),
    "unbalanced": ('"The bridge. It "closes. Now “it is. So', 'it ”goes. On" and. On «and on.'),
    "no spaces": ("a" * 5000,),
    "the same twice": ("The bridge closed.", "The bridge closed.", "The bridge closed."),
}


class SummarizerContract:
    """A subclass names its ``method`` and builds it with ``make``."""

    method: str

    def make(self) -> Summarizer:
        raise NotImplementedError

    def check(self, article: Article, count: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            summary = self.make()(article, sentences=count)
        assert len(summary.sentences) <= count
        assert summary.method in METHODS
        for before, after in zip(summary.sentences, summary.sentences[1:], strict=False):
            assert before.end <= after.start
        for span in summary.sentences:
            words = span.of(article.text)
            assert words == words.strip()
            assert any(letter.isalnum() for letter in words)
            assert any(paragraph.holds(span) for paragraph in article.paragraphs)

    def test_an_ordinary_article_gets_what_was_asked_for(self) -> None:
        article = an_article(*TOWN)
        self.check(article, 3)
        summary = self.make()(article, sentences=3)
        assert len(summary.sentences) == 3
        assert summary.method == self.method

    def test_the_same_article_gives_the_same_summary(self) -> None:
        assert self.make()(an_article(*TOWN), sentences=2) == self.make()(an_article(*TOWN), sentences=2)

    @pytest.mark.parametrize("kind", sorted(ODD))
    def test_an_odd_article_is_no_trouble(self, kind: str) -> None:
        for language in ("en", None, "he", "zh", "xx"):
            article = an_article(*ODD[kind], language=language)
            self.check(article, 3)
            sentences = self.make()(article, sentences=3).sentences
            assert bool(sentences) == (kind not in {"no sentence", "dots"}), language

    def test_a_short_article_is_taken_whole(self) -> None:
        article = an_article("The bridge closed on Monday. It opens in May again.")
        assert len(self.make()(article, sentences=5).sentences) == 2

    @pytest.mark.parametrize("count", [0, -1])
    def test_no_sentence_asked_for_is_no_sentence(self, count: int) -> None:
        assert self.make()(an_article(*TOWN), sentences=count).sentences == ()

    def test_a_huge_sentence_and_many_sentences_are_bounded(self) -> None:
        long = "harbour bridge ferry " * 9500
        self.check(an_article(f"{TOWN[0]} {long}", *[" ".join(TOWN)] * 20), 3)

    def test_no_title_and_no_paragraphs_beyond_the_text_are_needed(self) -> None:
        self.check(an_article(*TOWN, title=None), 3)
