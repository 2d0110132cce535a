"""What stands around an article on Chinese pages is left out, and sentences of news in the same words are not."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.fields.credits import authors
from bot.article.html.page import read_html
from bot.article.text.block_kinds import ARTICLE, kind
from bot.article.text.blocks import Block
from bot.domain.model import Document

BODY = (
    "北港市政府周一宣布，往来外岛的五条渡船航线将在冬季来临之前停航，约有三千名居民将受到影响。",
    "负责航运的副市长李娜在记者会上表示，维修旧船的费用已经超过过去九年的全部票款收入，市里无力继续承担。",
    "居民代表则要求至少保留一条航线，否则学生和病人在冬天将无法按时往返，他们计划下周再次向市议会陈情。",
)


@pytest.mark.parametrize(
    "line",
    [
        "现在位置： 首页 >> 海事新闻 >> 正文",
        "位置：首页 > 新闻动态",
        "2031-03-03 15:10:53 字号：A- A A+ 来源：北港网",
        "2031-03-03 14:07 来源：北港航运",
        "最后更新: 2031-03-03 15:14:21",
        "原标题：五条渡船停航，海岛居民怎么办？",
        "【纠错】 【责任编辑:李娜 】",
        "违法和不良信息举报电话：010-5550123",
        "举报邮箱：jubao@beigang.example",
        "更多消息！欢迎扫描左方二维码关注北港新闻官方微信",
        "北港ICP备5550123号 | 北港公网安备 555012345号",
        "北港ICP备5550123号",
        "免责声明：自媒体提供的内容均源自自媒体，版权归原作者所有。",
        "声明：本报力求信息真实准确，文章内容仅供参考，不构成投资建议，据此操作风险自担。",
        "网友评论仅供其表达个人看法，并不表明北港网立场。",
        "本文仅代表作者个人观点，不代表北港网的立场。",
        "本文为北港网独家稿件，未经授权，不得转载。",
        "图片均来自网络",
        "相关推荐",
        "猜你喜欢",
        "加载更多",
        "เรื่องที่เกี่ยวข้อง",
    ],
)
def test_the_lines_around_an_article_are_none_of_its_own(line: str) -> None:
    assert kind(Block(line)) not in ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "外交部发言人表示，该议员的言论不代表政府的立场。",
        "市民可拨打举报电话反映情况，警方承诺在三天内答复。",
        "消费者扫描二维码关注公众号后发现，票价已经上涨两成。",
        "法院认为，未经权利人许可，任何网站不得转载该小说。",
        "警方称，该图片来自网络，与本次沉船事件无关。",
        "声明：双方同意立即停火，并在十天内交换战俘。",
        "公司的位置：港口以东五公里的一座小山上。",
        "他推荐大家读这本书。",
        "分析人士指出，目前的估值并不构成买入的理由，投资者应当谨慎。",
        *BODY,
    ],
)
def test_sentences_of_news_in_the_same_words_stay(line: str) -> None:
    assert kind(Block(line)) in ARTICLE


def test_a_ranked_list_below_an_article_goes_with_its_heading() -> None:
    ranks = "".join(f"<p>{n}{n * 977}北港渔民在外海发现一只陌生的木箱</p>" for n in range(1, 7))
    body = "".join(f"<p>{text}</p>" for text in BODY)
    page = (
        f"<html><head><title>五条渡船航线停航_北港网</title></head><body><h1>五条渡船航线停航</h1><div>{body}"
        f"<p>网友评论仅供其表达个人看法，并不表明北港网立场。</p><p>推荐</p>{ranks}</div></body></html>"
    )
    found = read_html(page, Document(name="page.html", data=b"", received=datetime(2031, 3, 5, tzinfo=UTC)))
    assert found.paragraphs == BODY


@pytest.mark.parametrize(
    ("stated", "outlets", "people"),
    [
        ("北港网", {"渡口网"}, None),
        ("环岛日报", set(), None),
        ("北港财经-自媒体综合", {"北港网"}, None),
        ("北港科技", {"北港网"}, None),
        ("name", set(), None),
        ("李娜", {"北港网"}, "李娜"),
        ("北辰", {"北港网"}, "北辰"),
        ("李娜, 北港新闻", {"北港网"}, "李娜"),
        ("Herald Staff", {"heraldtribune"}, None),
        ("Editors, Quarrel Bay Herald", {"quarrelbayherald"}, None),
        ("Perrin Staff", {"heraldtribune"}, "Perrin Staff"),
        ("Rose Page", {"rosenheimpost"}, "Rose Page"),
        ("Jan", {"januarypost"}, "Jan"),
        ("June March", set(), "June March"),
    ],
)
def test_an_outlet_its_channel_or_its_staff_is_no_writer(
    stated: str, outlets: set[str], people: str | None
) -> None:
    assert authors(stated, outlets) == people


def test_how_many_stories_are_left_is_said_by_the_site() -> None:
    assert kind(Block("You have 2 free member-only stories left this month.")) not in ARTICLE


@pytest.mark.parametrize(
    "piece", ["声明：", "本文", "扫描二维码", "字号", "举报", "未经", "位置：首页", "网络图片", "北港网"]
)
def test_a_hundred_kilobytes_of_such_words_take_no_time(piece: str) -> None:
    start = time.process_time()
    for length in (90, 190, 590, 34_000):
        kind(Block((piece * length)[:length]))
        authors((piece * length)[:length], {"北港网"})
    assert time.process_time() - start < 1
