"""Fictional sentences in scripts without capitals: which words are quotes, and whose."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article


def found(language: str, *paragraphs: str) -> list[tuple[str, str | None]]:
    article = an_article(*paragraphs, language=language)
    return [(one.words.of(article.text), one.speaker_name) for one in find_quotes(article)]


@pytest.mark.parametrize(
    ("language", "paragraph", "expected"),
    [
        (
            "ja",
            "田中太郎市長は4日、記者団に「この橋は三世代が待ち望んだものだ」と述べた。田中氏は「迅速な対応につながる」と強調した。",
            [("この橋は三世代が待ち望んだものだ", "田中太郎"), ("迅速な対応につながる", "田中太郎")],
        ),
        (
            "ja",
            "荻原卓警部補は「新しい橋を毎日ていねいに見守りたい」と話している。",
            [("新しい橋を毎日ていねいに見守りたい", "荻原卓")],
        ),
        ("ja", "港では小説「長い水の上で」も人気だ。", []),
        (
            "zh",
            "“渡船比桥漂亮得多，”王小明说。他还表示：“明年春天再建一座桥。”",
            [("渡船比桥漂亮得多，", "王小明"), ("明年春天再建一座桥。", "王小明")],
        ),
        ("zh", "海港局发言人李建国表示：“这座桥我们等了三十年。”", [("这座桥我们等了三十年。", "李建国")]),
        (
            "ko",
            '김민수 대표는 4일 "이 다리를 삼십 년 동안 기다렸다"고 말했다. 김 대표는 "다리는 하루에 여섯 번 열린다"고 밝혔다.',
            [("이 다리를 삼십 년 동안 기다렸다", "김민수"), ("다리는 하루에 여섯 번 열린다", "김민수")],
        ),
        (
            "ko",
            '문정수 최고위원은 "이 다리를 삼십 년 동안 기다렸다"고 말했다.',
            [("이 다리를 삼십 년 동안 기다렸다", "문정수")],
        ),
        (
            "ko",
            '한병수 대표가 왔다. 한 친정계 최고위원은 "이 다리를 오래 기다렸다"고 말했다.',
            [("이 다리를 오래 기다렸다", None)],
        ),
        (
            "ar",
            'وقال وزير النقل محمد الحسن إن "هذا الجسر انتظره الناس ثلاثين عاما". وأضاف: "الجسر يفتح ست مرات كل يوم".',
            [
                ("هذا الجسر انتظره الناس ثلاثين عاما", "محمد الحسن"),
                ("الجسر يفتح ست مرات كل يوم", "محمد الحسن"),
            ],
        ),
        (
            "ar",
            '"كانت العبارة أجمل بكثير من الجسر"، قالت الدكتورة ليلى منصور في بيان.',
            [("كانت العبارة أجمل بكثير من الجسر", "ليلى منصور")],
        ),
        (
            "ja",
            "白浜港湾組合（SKK）は「来週の役員会で新しい橋について検討する予定です」と回答した。",
            [("来週の役員会で新しい橋について検討する予定です", None)],
        ),
        (
            "zu",
            (
                "Okhulumela itheku, uColonel Bheki Mabaso, uthe ibhuloho livuliwe. “Silinde leli bhuloho iminyaka engamashumi amathathu,” "
                "kusho uMabaso. Uphinde waveza ukuthi “imikhumbi izodlula izikhathi eziyisithupha ngosuku”."
            ),
            [
                ("Silinde leli bhuloho iminyaka engamashumi amathathu,", "Bheki Mabaso"),
                ("imikhumbi izodlula izikhathi eziyisithupha ngosuku", "Bheki Mabaso"),
            ],
        ),
        (
            "zu",
            "UNkk Thandi Cele uthe: “Ibhuloho elisha lihle kakhulu impela.” “Sizobuya futhi kusasa ekuseni,” kusho uNkk Cele.",
            [
                ("Ibhuloho elisha lihle kakhulu impela.", "Thandi Cele"),
                ("Sizobuya futhi kusasa ekuseni,", "Thandi Cele"),
            ],
        ),
        (
            "xh",
            '"Le bhulorho siyilindele iminyaka engamashumi amathathu," utshilo uMnu Sipho Booi. "Siyavuya kakhulu namhlanje," utshilo.',
            [
                ("Le bhulorho siyilindele iminyaka engamashumi amathathu,", "Sipho Booi"),
                ("Siyavuya kakhulu namhlanje,", "Sipho Booi"),
            ],
        ),
        ("zu", "Abantu bafunde incwadi ethi “Amanzi Amade” emtatsheni wezincwadi.", []),
    ],
)
def test_the_pattern_tells_the_speaker(
    language: str, paragraph: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(language, paragraph) == expected


def test_a_body_without_a_name_is_told_in_the_articles_words() -> None:
    article = an_article(
        "白浜港湾組合は「来週の役員会で新しい橋について検討する予定です」と回答した。", language="ja"
    )
    speaker = find_quotes(article)[0].speaker
    assert speaker is not None
    assert speaker.of(article.text) == "白浜港湾組合"


@pytest.mark.parametrize(
    "unit",
    [
        "「",
        "」と述べた",
        "市長は「",
        "、",
        "“，",
        "说：“",
        'قال "',
        "uMabaso uthe “",
        "uA B uthe “",
        "kusho uMabaso ”",
    ],
)
@pytest.mark.parametrize("language", ["ja", "zh", "ko", "ar", "zu", "xh"])
@pytest.mark.sampled(8)
def test_a_long_run_of_marks_is_read(language: str, unit: str) -> None:
    assert isinstance(found(language, unit * 3000), list)
