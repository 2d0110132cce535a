from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

from bot.domain.ports import Summarizer
from bot.summary import summarizers
from bot.summary.methods import DEFAULT, METHODS
from bot.summary.summarizers import summarizer
from tests.builders import an_article
from tests.contracts.summarizer import TOWN, SummarizerContract


def test_each_name_has_a_method():
    assert tuple(summarizers._METHODS) == METHODS


class Standing(SummarizerContract):
    def make(self) -> Summarizer:
        return summarizer(self.method)


class TestLead(Standing):
    method = "lead"

    def test_five_thousand_sentences_are_read(self) -> None:
        article = an_article(*["The ferry left again at noon. " * 50] * 100)
        assert len(summarizer("lead")(article, sentences=3).sentences) == 3

    def test_it_passes_over_what_says_nothing(self) -> None:
        article = an_article("...", "Photo.", "The ferry left at noon.")
        chosen = summarizer("lead")(article, sentences=1).sentences
        assert [span.of(article.text) for span in chosen] == ["The ferry left at noon."]


class TestNewsrank(Standing):
    method = "newsrank"

    def test_an_ordinary_article_gets_what_was_asked_for(self) -> None:
        article = an_article(*TOWN)
        self.check(article, 3)
        summary = self.make()(article, sentences=3)
        assert summary.method == self.method
        assert len(summary.sentences) in {2, 3}  # a third sentence must earn its words


class TestLexrank(Standing):
    method = "lexrank"


class TestTextrank(Standing):
    method = "textrank"


class TestLsa(Standing):
    method = "lsa"


class TestLuhn(Standing):
    method = "luhn"


class TestEdmundson(Standing):
    method = "edmundson"


class TestKl(Standing):
    method = "kl"


class TestSumbasic(Standing):
    method = "sumbasic"


class TestReduction(Standing):
    method = "reduction"


def test_every_method_stands_the_contract() -> None:
    assert {kind.method for kind in Standing.__subclasses__()} == set(METHODS)
    assert DEFAULT in METHODS


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match='"oracle" is not a summary method; use one of newsrank, lead, lexrank'
    ):
        summarizer("oracle")


def test_a_summarizer_can_be_sent_to_a_worker() -> None:
    choose = pickle.loads(pickle.dumps(summarizer("luhn")))
    assert choose(an_article(*TOWN), sentences=2) == summarizer("luhn")(an_article(*TOWN), sentences=2)


@pytest.mark.parametrize("trouble", [ZeroDivisionError, ValueError, RuntimeWarning, UserWarning])
def test_where_a_method_fails_the_lead_chooses_and_says_so(
    trouble: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_article: object) -> object:
        def choose(_document: object, _count: int) -> tuple[object, ...]:
            raise trouble

        return choose

    monkeypatch.setitem(summarizers._METHODS, "lsa", summarizers._Method(failing))
    article = an_article(*TOWN)
    summary = summarizer("lsa")(article, sentences=2)
    assert summary.method == "lead"
    assert summary == summarizer("lead")(article, sentences=2)


def test_the_choice_does_not_depend_on_the_process() -> None:
    program = (
        "from tests.builders import an_article; from tests.contracts.summarizer import TOWN;"
        "from bot.summary.methods import METHODS; from bot.summary.summarizers import summarizer;"
        "print([summarizer(m)(an_article(*TOWN), sentences=2) for m in METHODS])"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = [summarizer(method)(an_article(*TOWN), sentences=2) for method in METHODS]
    assert elsewhere == f"{here}\n"
