"""Comments, offers, end marks, mail footers, teasers and labels are no part of an article, in whatever language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.prefilter import required
from bot.article.text import boilerplate
from bot.article.text.block_kinds import ARTICLE, Kind, kind
from bot.article.text.blocks import Block
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = (
    "The last smokehouse of Vessmark was closed on Saturday, because there are no eels left in its river.",
    "Its owner, who is seventy, had smoked the eels of three generations of fishermen behind the church.",
    "Nobody in the town has said so far who will have the hut, and the council meets only in spring.",
    "The church bought the last of the eels and ate it at its feast, which the whole town came to see.",
)


def page(below: str, within: str = "") -> str:
    first, *others = (f"<p>{text}</p>" for text in BODY)
    return f"<html><body><div id='c'><h1>Smokehouse closes</h1>{first}{within}{''.join(others)}{below}</div></body></html>"


def article_page(below: str) -> str:
    return page(below).replace("<div id='c'>", "<article>").replace("</div>", "</article>")


def paragraphs(text: str, name: str = "a.html") -> list[str]:
    return extract(Document(name, text.encode(), RECEIVED)).text.split("\n\n")


def comments(heading: str, *ages: str) -> str:
    said = (
        "What a shame for the town, they have promised to clean the river for years.",
        "I ate those eels as a child and they were the best of all.",
    )
    items = "".join(f"<li><p>{age}</p><p>{text}</p></li>" for age, text in zip(ages, said, strict=True))
    return f"<h3>{heading}</h3><ul>{items}</ul>"


@pytest.mark.parametrize(
    ("heading", "ages"),
    [
        ("Comentar", ("Hace 28 minutos", "Hace una hora")),
        ("3 Kommentare", ("vor 2 Stunden", "vor einem Tag")),
        ("Commenti", ("3 ore fa", "un giorno fa")),
        ("Reacties (2)", ("2 uur geleden", "1 dag geleden")),
        ("Комментарии", ("5 минут назад", "2 часа назад")),
        ("コメント", ("3時間前", "1日前")),
        ("Chime in", ("3 hours ago", "2 days ago")),  # No word for it, but their ages.
        ("Yorumlar", ("3 saat önce", "2 gün önce")),
    ],
)
def test_comments_of_readers(heading, ages):
    found = paragraphs(page(comments(heading, *ages)))
    assert [one for one in found if one != heading] == list(BODY)


@pytest.mark.parametrize(
    "box",
    [
        "<h2>Jetzt weiterlesen mit Plus</h2><p>Testen Sie Plus vier Wochen für nur 2 Euro pro Woche, danach 5 Euro, jederzeit kündbar.</p><ul><li>Zugang zu allen Artikeln</li></ul>",
        "<h2>Subscribe to read on</h2><p>Try us free for one month. Cancel anytime.</p><p>Already a subscriber? Sign in</p>",
        "<p>Il vous reste 57 % de cet article à lire. La suite est réservée aux abonnés.</p><p>Abonnez-vous pour 1 € par mois, sans engagement.</p>",
        "<h3>Suscríbete para seguir leyendo</h3><p>Accede a todos los contenidos por 1 € al mes. Cancela cuando quieras.</p>",
        "<h3>Abbonati per continuare a leggere</h3><p>Prova gratis per un mese, poi 5 € al mese. Disdici quando vuoi.</p>",
        "<h3>Läs vidare</h3><p>Prenumerera för 1 kr första månaden, avsluta när du vill.</p><p>Redan prenumerant? Logga in</p>",
        "<h3>Lees verder</h3><p>Neem een abonnement voor 1 euro per maand, op elk moment opzegbaar, en lees alle artikelen.</p>",
        "<h3>Czytaj dalej</h3><p>Wypróbuj prenumeratę za 5 zł na miesiąc i czytaj bez ograniczeń. Zrezygnuj, kiedy chcesz.</p>",
        "<p>この記事は有料会員限定記事です。続きを読むには会員登録が必要です。</p><p>有料記事読み放題！今なら月額100円。</p>",
        "<h3>Продолжение доступно подписчикам</h3><p>Оформите подписку за 99 руб в месяц и получите полный доступ ко всем статьям. Отмена в любой момент.</p>",
    ],
)
def test_the_box_of_an_offer(box):
    assert paragraphs(page(f"<div>{box}</div>"))[:4] == list(BODY)
    left = paragraphs(page(f"<div>{box}</div>"))[4:]
    assert not left or left == ["Продолжение доступно подписчикам"]


@pytest.mark.parametrize(
    "report",
    [
        "The paper raised the price of its subscription to 15 dollars a month, and readers left in thousands.",
        "Die Kündigungsfrist beträgt drei Monate, und der Zugang zu allen Räumen kostet 40 Euro pro Monat.",
        "The council will let people opt out of the scheme by e-mail before the end of the year.",
        "Eltern können ihre Kinder vom Unterricht abmelden, wenn die Schule zu weit entfernt ist.",
        "He declined to comment on the rules of the house, which the council had moderated.",
        "El ayuntamiento cobrará 4 euros al mes por el acceso a la biblioteca y a todos los museos.",
        "The message had been marked as confidential by the ministry, which then lost it on a train.",
    ],
)
def test_a_report_on_such_things_is_the_article(report):
    assert kind(Block(report)) is Kind.PROSE
    assert report in paragraphs(page("", f"<p>{report}</p>"))


@pytest.mark.parametrize(
    "mark",
    [
        "ENDS",
        "-- ENDE --",
        "- Fin -",
        "FIN",
        "– Slut –",
        "Конец",
        "Media contact:",
        "Pressekontakt",
        "Contact presse",
        "Notas para editores",
        "Ufficio stampa",
        "本件に関するお問い合わせ先",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_what_stands_below_a_press_release(mark, name):
    below = (
        mark,
        "Ida Brandt, Press Officer",
        "T: +99 20 555 0101",
        "The society was founded in 1864 and has forty-one stations on the coast.",
    )
    if name == "a.txt":
        text = "\n\n".join(("Smokehouse closes", *BODY, *below))
    else:
        text = article_page(
            "".join(f"<p>{line}</p>" for line in below).replace("<p>", "<h3>", 1).replace("</p>", "</h3>", 1)
        )
    assert paragraphs(text, name) == list(BODY)


@pytest.mark.parametrize(
    "foot",
    [
        (
            "You are receiving this e-mail because you signed up for the Vessmark Letter.",
            "Unsubscribe | View in browser",
        ),
        ("Sie erhalten diese E-Mail, weil Sie unseren Rundbrief bestellt haben.", "Newsletter abbestellen"),
        ("Vous recevez cette lettre parce que vous êtes inscrit.", "Se désinscrire"),
        ("Recibe este correo porque está suscrito a nuestro boletín.", "Darse de baja del boletín"),
        ("Je ontvangt deze nieuwsbrief omdat je bent ingeschreven.", "Uitschrijven"),
        ("Вы получили это письмо, потому что подписаны на рассылку.", "Отписаться"),
        ("Bu e-postayı bültenimize abone olduğunuz için aldınız.", "Abonelikten çık"),
        ("このメールは会員の方にお送りしています。", "配信停止はこちら"),
        (
            "IMPORTANT: This message and its attachments are confidential and intended solely for the person to whom it is addressed.",
            "Vessmark Letter, 4 Quay Street",
        ),
        (
            "Diese Nachricht ist vertraulich. Sollten Sie nicht der richtige Adressat sein, löschen Sie sie bitte.",
            "Vessmarker Bote, Kai 4",
        ),
    ],
)
def test_the_foot_of_a_mail(foot):
    text = "\n\n".join(("Smokehouse closes", *BODY, *foot))
    mail = f"From: letter@vessmark.example\nSubject: Smokehouse closes\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    assert paragraphs(mail, "a.eml") == list(BODY)


def test_links_behind_one_label_whatever_it_says():
    links = [f"<p><b>FUNDA LAPHA |</b> <a href='/{n}'>Indaba yesi{n} yomfula</a></p>" for n in range(3)]
    first, *others = (f"<p>{text}</p>" for text in BODY)
    html = f"<html><body><div><h1>T</h1>{first}{''.join(link + text for link, text in zip(links, others, strict=True))}</div></body></html>"
    assert paragraphs(html) == list(BODY)


def test_a_label_for_screen_readers_is_not_read_and_a_long_description_is():
    words = "The picture shows the hut behind the church with its door open, two cats on the step and the owner at the fire, in a coat that he wore for forty years."
    html = page("", f"<h2 class='visually-hidden'>Article content</h2><p class='visually-hidden'>{words}</p>")
    assert paragraphs(html) == [BODY[0], words, *BODY[1:]]


def test_lines_that_a_site_repeats_and_its_variables():
    texts = "".join(f"<p>Hauptartikel lesen</p><p>{text}</p>" for text in BODY)
    html = f"<html><body><div><h1>T</h1>{texts}<p>showPaywall: false</p><p>isSubscriber: true</p></div></body></html>"
    assert paragraphs(html) == list(BODY)


@pytest.mark.parametrize(
    "line",
    ["Lesedauer: 4 Minuten", "Temps de lecture : 3 min", "Tiempo de lectura: 5 min", "Lästid: 3 min", "読了時間：約4分", "Fehler gefunden? Jetzt melden.",
     "Czytaj także", "Läs också", "Читайте также", "関連記事", "관련 기사", "Ilgili haberler", "Dieser Artikel erschien am Dienstag in der gedruckten Ausgabe.",
     "A version of this article appears in print on March 5, 2031, Section D, Page 4.", "Pour afficher ce contenu, vous devez accepter les cookies."],
)  # fmt: skip
def test_lines_that_speak_of_the_page(line):
    assert kind(Block(line)) not in ARTICLE or line.startswith("Pour afficher")
    assert line not in paragraphs(page("", f"<p>{line}</p>"))


def test_the_posts_of_a_live_blog_are_one_article_with_their_headings():
    posts = "".join(
        f"<article><h2>Post {n} of the day</h2><div><p>{text}</p></div></article>"
        for n, text in enumerate(BODY)
    )
    html = f"<html itemtype='https://schema.org/LiveBlogPosting'><body><main><h1>As it happened</h1><p>Ida Brandt</p><div>{posts}</div></main></body></html>"
    assert paragraphs(html) == [
        line for n, text in enumerate(BODY) for line in (f"Post {n} of the day", text)
    ]


@pytest.mark.parametrize("tag", ["article", "div", "li"])
def test_posts_that_are_called_so_are_read_in_their_order(tag):
    posts = "".join(
        f"<{tag} class='post' id='p{n}'><div class='post-header'><time>1{n}:10</time><h2>Post {n} of the day</h2></div><div class='post-body'><p>{text}</p></div></{tag}>"
        for n, text in enumerate(BODY)
    )
    box = "ul" if tag == "li" else "div"
    html = f"<html itemtype='https://schema.org/LiveBlogPosting'><body><main><h1>As it happened</h1><{box} class='live'>{posts}</{box}></main></body></html>"
    assert paragraphs(html) == [
        line for n, text in enumerate(BODY) for line in (f"Post {n} of the day", text)
    ]


def test_the_title_with_its_kicker_above_the_body_is_no_paragraph():
    title = "Last smokehouse of Vessmark puts out its fire"
    html = page("").replace("<h1>Smokehouse closes</h1>", f"<h2>Local news {title}</h2>")
    html = html.replace(
        "<html>", f"<html><head><title>{title}</title><meta property='og:title' content='{title}'></head>"
    )
    assert paragraphs(html) == list(BODY)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<span class='o'><span class='initial-letter'>N</span></span> <span>obody in the town</span>",
            "Nobody in the town",
        ),
        ("<span class='drop-cap'>N</span> obody in the town", "Nobody in the town"),
        ("<b class='lettrine'>L</b>’homme de la ville", "L’homme de la ville"),
        ("<span class='dropcap'>A</span> man of the town", "A man of the town"),
        ("<span class='name'>N</span> obody in the town", "N obody in the town"),
    ],
)
def test_a_large_first_letter_belongs_to_its_word(markup, text):
    html = page("").replace("Its owner", f"{markup} and its owner")
    assert paragraphs(html)[1].startswith(f"{text} and its owner")


@pytest.mark.parametrize(
    "last",
    [
        ("Our website is the place for news of the river, so bookmark it and come back every day.",),
        (
            "Get in touch with our news team by writing to eels@vessmark.example.",
            "Ida Brandt",
            "For more stories like this, see our news page.",
        ),
        ("Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns bitte mit einer Spende.",),
        ("Soutenez notre journal : faites un don, vous nous aiderez à raconter la rivière.",),
        (
            "Si quieres compartir tu cuenta, puedes añadir otro usuario y cada uno leerá con su propia contraseña.",
        ),
        ("Wil je elke ochtend nieuws in je inbox? Schrijf je in voor onze nieuwsbrief.",),
        ("Har du tips om nyheter? Mejla oss på tips@vessmark.example",),
        ("Support our reporting with a gift of any size that you can spare for the river this year.",),
    ],
)
def test_what_takes_leave_of_the_readers(last):
    assert paragraphs(article_page("".join(f"<p>{text}</p>" for text in last))) == list(BODY)


@pytest.mark.parametrize(
    "last",
    [
        "“Get in touch with our news team if you find an eel in your river,” said the owner, and he laughed.",
        "The council asked for donations, and within a week the town had collected enough for a new roof.",
        "We went to the river on the last day of the year, and our guide showed us where the eels had been.",
    ],
)
def test_the_last_paragraph_of_a_report_stays(last):
    assert paragraphs(article_page(f"<p>{last}</p>")) == [*BODY, last]


@pytest.mark.parametrize(
    "line",
    [
        "The post Brewery buys pool first appeared on Averne Courier.",
        "The post “Brewery buys pool” appeared first on Averne Courier.",
        "This interview has been edited for length and clarity.",
        "This article was downloaded by calibre from https://pool.example/h",
        "Averne Press writers Kari Nes in Vessmark and Lars Dahl in Norrin contributed to this report.",
        "Follow the Averne Courier's coverage of courts at https://pool.example/courts",
        "Read more at pool.example",
        "Publié le 20 novembre 2026 à 18h05, mis à jour le 21 novembre 2026 à 7h30",
        "무단 전재 및 재배포 금지",
        "ⓒ 아베른신문, 무단전재 및 재배포 금지",
        "mso/okr/ab",
        "Jaa Facebookissa",
        "この記事は有料記事です。残り842文字",
        "Votre abonnement n'autorise pas la lecture de cet article",
        "이 기사는 유료회원 전용입니다.",
        "Veja os vídeos que estão em alta no portal",
        "minsu@pool.example",
        "* * *",
        "***",
    ],
)
def test_a_foot_and_a_rule_are_no_article(line: str) -> None:
    assert kind(Block(line)) not in ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "The post office in Fennick first appeared on maps of the coast in 1931, and was sold to a brewery in May.",
        "The staff of the pool contributed to this success for years, the mayor said on Monday in the council.",
        "Read more at night and sleep less, the doctor said to the council of Fennick on Monday.",
    ],
)
def test_a_report_with_the_words_of_a_foot_is_one(line: str) -> None:
    assert kind(Block(line)) is Kind.PROSE


def test_every_chinese_phrase_needs_a_chinese_letter() -> None:
    """Texts without one are not held against them; "icp" stands before one of five letters."""
    phrases = (*boilerplate.EASTERN_CHROME, *boilerplate.EASTERN_NOTES)
    needed = {literal for phrase in phrases for literal in required(phrase)} - {"icp"}
    assert not [one for one in needed if not any("\u3400" <= letter <= "\u9fff" for letter in one)]
    assert kind(Block("扫描二维码关注公众号")) is Kind.CHROME
    assert kind(Block("声明：本文不代表本站观点。")) is Kind.NOTE
