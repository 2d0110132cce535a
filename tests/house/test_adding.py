"""Adding is one place: what CONTRIBUTING.md promises, done to a copy of the package.

Each case adds something that is not there, counts the files that it took, and runs the copy.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import an_article_file
from tests.running import Log

ROOT = Path(__file__).resolve().parents[2]
MOST = 3
pytestmark = pytest.mark.sampled(1, of="file")  # each starts several Pythons

SLIPS = '''"""Slips: a made-up format, the title under its mark and then the text."""

from __future__ import annotations

from bot.article.encoding import tidy
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.model import Document

MARK = b"%SLIP\\x00"


def read_slip(document: Document) -> Found | None:
    """The article on a slip; ``None`` when it has no text."""
    return find(blocks(tidy(document.data.removeprefix(MARK).decode())), document.received)
'''
READ_A_SLIP = """
from datetime import UTC, datetime
from bot.article.extract import extract
from bot.domain.model import Document
text = "Harbour bridge opens again\\n\\nThe harbour bridge opened again on Monday after nine weeks. Ferries stop."
article = extract(Document(name="a", data=b"%SLIP\\x00" + text.encode(), received=datetime(2031, 3, 4, tzinfo=UTC)))
print(article.title, "|", article.text)
"""

ROMANIAN = """
say = "spus declarat afirmat explicat"
titles = "primarul ministrul domnul doamna"
he = "el"
she = "ea"
between = "a au"
verb_second = true
"""
QUOTE_IN_ROMANIAN = """
from bot.quotes.find import find_quotes
from tests.builders import an_article
article = an_article(
    "Doamna Ines Robalo a deschis podul luni, la amiază.",
    "„Podul acesta ne-a așteptat treizeci de ani”, a declarat Robalo.",
    language="ro",
)
for quote in find_quotes(article):
    print(quote.words.of(article.text), "|", quote.speaker.of(article.text) if quote.speaker else None)
"""


class Copy:
    """A copy of the package; ``changed`` holds what was added to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed: set[str] = set()
        shutil.copytree(
            ROOT / "bot", folder / "bot"
        )  # with what is compiled: it is the same where nothing changes

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        assert not path.exists()
        path.write_text(text, encoding="utf-8")
        self.changed.add(name)

    def room(self, name: str, source: Path) -> None:
        """Copy the modules of a new room; they are not counted."""
        shutil.copytree(source, self.folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def insert(self, name: str, line: str, *, above: str) -> None:
        """Put a line above the only place that reads ``above``."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(above) == 1
        path.write_text(text.replace(above, f"{line}\n{above}"), encoding="utf-8")
        self.changed.add(name)

    @property
    def environ(self) -> dict[str, str]:
        """For the copy's Python; the tests' own package is beside it."""
        path = os.pathsep.join((str(self.folder), str(ROOT)))
        return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""}

    def run(self, *words: str) -> str:
        """What the copy's Python prints."""
        done = subprocess.run(
            [sys.executable, "-P", *words], check=False, cwd=self.folder, capture_output=True, text=True,
            env=self.environ,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    made = Copy(tmp_path)
    assert Path(made.run("-c", "import bot; print(bot.__file__)").strip()).is_relative_to(tmp_path)
    return made


def test_a_format_is_three_files(copy: Copy):
    copy.write("bot/article/formats/slips.py", SLIPS)
    media, extract = "bot/article/media_type.py", "bot/article/extract.py"
    copy.insert(media, '    SLIP = "a slip"', above='    PDF = "a PDF file"')
    copy.insert(
        media, '    if data.startswith(b"%SLIP"):\n        return Media.SLIP', above='    if b"%PDF-" in data'
    )
    copy.insert(
        extract,
        "from bot.article.formats.slips import read_slip",
        above="from bot.article.guard import guarded",
    )
    copy.insert(extract, "    Media.SLIP: read_slip,", above="    Media.PDF: read_pdf,")
    assert copy.run("-c", READ_A_SLIP).splitlines() == [
        "Harbour bridge opens again | The harbour bridge opened again on Monday after nine weeks. Ferries stop."
    ]
    assert len(copy.changed) <= MOST


def test_a_language_of_quotes_is_one_file(copy: Copy):
    said = "Podul acesta ne-a așteptat treizeci de ani"
    assert f"{said} | Robalo" not in copy.run("-c", QUOTE_IN_ROMANIAN)
    copy.write("bot/text/cues_ro.toml", ROMANIAN)
    assert copy.run("-c", QUOTE_IN_ROMANIAN).splitlines() == [f"{said} | Robalo"]
    assert len(copy.changed) == 1


def test_a_command_is_three_files(copy: Copy):
    (copy.folder / "config.toml").write_text("", encoding="utf-8")
    copy.insert("bot/grammar/commands.py", '    "bell": "bell",', above='    "start": "help",')
    copy.insert(
        "bot/conversation/respond.py",
        '            "bell": self._bell,',
        above='            "help": self._help,',
    )
    copy.insert(
        "bot/conversation/respond.py",
        "    async def _bell(self, asked: Asked) -> Message:\n"
        "        return layout.usage_message(replies.BELL.format(asked.command.argument))\n",
        above="    async def _search(self, asked: Asked) -> Message:",
    )
    replies = "bot/wording/replies.py"
    copy.insert(replies, '    ("/bell WORD", "rings"),', above='    ("/help", "this list"),')
    copy.insert(replies, 'BELL = "It rings {}."', above='SEARCH_USAGE = "What')
    assert "It rings twice." in copy.run("-m", "bot", "answer", "/bell twice")
    assert "/bell WORD" in copy.run("-m", "bot", "answer", "/help")
    assert len(copy.changed) <= MOST


DUTCH = '''"""Dutch, as far as help and the words of time go."""

from __future__ import annotations

from bot.wording.asking import Asking, openings
from bot.wording.heard.languages import Heard
from bot.wording.language import Catalogue
from bot.wording.talk import Talk
from bot.wording.timing import ALL, Timing, day_names, word_set

TEXTS: dict[str, str | tuple[str, ...]] = {"What I can do": "Wat ik kan", "/search WORDS": "/zoek WOORDEN", "at {times}": "om {times}"}
TIMING = Timing(
    days=day_names("maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo"),
    sets={"dagelijks": ALL, "dag": ALL},
    lone=word_set("dagelijks"),
    at=word_set("om"),
    hours=word_set("om"),
    every=word_set("elke iedere"),
    joints=word_set("en"),
    fillers=word_set("graag"),
)
CATALOGUE = Catalogue(
    "nl", "Nederlands", TEXTS, marks=("‘", "’"), thousands=".", decimal=",",
    commands={"zoek": "search", "volg": "subscribe"},
    words={"about": ("over",), "for": ("voor",), "weeks": ("weken",)},
)
HEARD = Heard(
    timing=TIMING,
    asking=Asking(openings=openings("sources", "bronnen"), labels=word_set("bericht")),
    talk=Talk(verbs=word_set("werkt")),
)
'''
HEARD_IN_DUTCH = """
from bot.grammar import remarks, addressed, commands, wishes
from bot.grammar.questions import Headline, question
from bot.domain.times.when import printed
from bot.wording.language import speaking
for said in ("/volg appels elke dag om 8", "/volg dagelijks om 8 en 17:30 appels", "/volg appels iedere vrijdag graag"):
    wish = wishes.read(commands.parse(said).argument)
    with speaking("nl"):
        print(wish.query, "|", printed(wish.when), wish.doubt, wish.refusal)
print(remarks.name_and_subject("Rieve over appels"), commands.query_and_days("appels voor 2 weken"))
print(question("bronnen bericht 2", [Headline(1, "Een"), Headline(2, "Twee")]))
print(addressed.calls("zoek appels"), addressed.calls("zoek werkt vandaag"))
"""


def test_a_language_that_the_desk_speaks_is_one_file(copy: Copy):
    (copy.folder / "config.toml").write_text('language = "nl"\n', encoding="utf-8")
    copy.write("bot/wording/catalogues/dutch.py", DUTCH)
    told = copy.run("-m", "bot", "answer", "/help")
    assert "Wat ik kan" in told
    assert "/zoek WOORDEN" in told
    assert "‘appels’" in copy.run("-m", "bot", "answer", "/zoek appels")
    assert copy.run("-c", HEARD_IN_DUTCH).splitlines() == [
        "appels | om 08:00  ",
        "appels | om 08:00 17:30  ",
        "appels | on fri  ",
        "('Rieve', 'appels') ('appels', 14)",
        "Question(view='sources', numbers=(2,))",
        "True False",
    ]
    assert len(copy.changed) == 1


PINBOARD_TABLE = """
# A pinboard works once PINBOARD_TOKEN is in the environment.
[pinboard]
folder = "boards"
"""
CONFIGURED = """
[inbox]
quiet = 0
readers = 1

[pinboard]
folder = "posts"

[access]
allow = ["pinboard:hall"]
editors = ["pinboard:ada"]

[[channels]]
name = "harbour"
to = "pinboard:quay"
"""
CRANE = (
    "The port of Averne will get a third crane in May, the harbour board said on Monday.",
    "Two ships a week have had to wait for a berth since last autumn.",
)
PINBOARD_TOKEN = "pin-0123456789abcdef"
SAID = """\
eve\tattic\t/topics
ada\thall\t/subscribe harbour as port at 08:00
ada\thall\t/digest now port
"""


def add_pinboards(copy: Copy) -> None:
    for shared in (
        "config.example.toml",
        "pyproject.toml",
        "docs/design.md",
        "tests/parsing.py",
        "tests/house/test_house.py",
    ):
        (copy.folder / shared).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / shared, copy.folder / shared)
    copy.room("bot/chat/pinboard", ROOT / "tests" / "house" / "adding" / "pinboard")
    table = "bot/platforms.py"
    copy.insert(
        table,
        "from bot.chat.pinboard.platform import PINBOARD",
        above="from bot.chat.platform import Call, Platform, either",
    )
    copy.insert(table, "            PINBOARD,", above="            SLACK,")
    copy.insert("config.example.toml", PINBOARD_TABLE, above="# The HTTP server (put TLS")


async def test_a_platform_is_two_files_and_its_room(copy: Copy):
    add_pinboards(copy)
    folder = copy.folder
    (folder / "posts").mkdir()
    (folder / "posts" / "said.txt").write_text(SAID, encoding="utf-8")
    (folder / "config.toml").write_text(CONFIGURED, encoding="utf-8")
    (folder / ".env").write_text(f"PINBOARD_TOKEN={PINBOARD_TOKEN}\n", encoding="utf-8")
    (folder / ".env").chmod(0o600)
    an_article_file(folder / "inbox", "crane.txt", "A third crane for the harbour", *CRANE)
    copy.run("-m", "bot", "ingest")

    desk = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "bot", "run", cwd=folder, env=copy.environ,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    log, hall = Log(desk), folder / "posts" / "hall.txt"
    try:
        while (
            not hall.exists()
            or "A third crane" not in hall.read_text(encoding="utf-8").partition("port digest")[2]
        ):
            await log.until("pinned on pinboard:hall with (pinboard token)")
        assert await log.close() == 0
    finally:
        if desk.returncode is None:
            desk.kill()
            await desk.wait()
    written = "".join(log.lines)
    assert "Subscribed: port" in hall.read_text(encoding="utf-8")
    assert "somebody who may be let in under [access] as pinboard:attic or pinboard:eve" in written
    assert PINBOARD_TOKEN not in written
    assert not (folder / "posts" / "attic.txt").exists()
    assert copy.changed == {"bot/platforms.py", "config.example.toml"}
    assert len(copy.changed) <= MOST


MISTAKES = """
from pathlib import Path
from bot import config
from bot.domain.errors import ConfigError
from bot.platforms import not_set_up
raw = {
    "pinboard": {"foldr": "here"},
    "access": {"allow": ["pinboard:1"]},
    "channels": [{"name": "a", "to": "pinboard:1"}, {"name": "b", "to": "corkboard:a"}],
}
try:
    config.build(raw, Path(), {"PINBOARD_TOKEN": "guess"})
except ConfigError as error:
    print(*error.problems, sep="\\n")
print(not_set_up("pinboard"))
"""


def test_a_new_platform_is_told_of_and_checked_like_the_others(copy: Copy):
    add_pinboards(copy)
    assert copy.run("-c", MISTAKES).splitlines() == [
        (
            'access.allow[0]: "pinboard:1" is nobody; write "pinboard:hall", "slack:T0123", "slack:C0123", '
            '"slack:U0123", "telegram:1234", "telegram:-1001234" or "telegram:-1001234/admins"'
        ),
        'channels[0].to: "pinboard:1" is not an address on pinboard; write "pinboard:hall"',
        (
            'channels[1].to: "corkboard:a" is not an address; write "console", "pinboard:hall", '
            '"slack:C0123ABCD", "telegram:-1001234" or "email:desk@example.org"'
        ),
        "pinboard.foldr: there is no such option; did you mean `folder`?",
        "PINBOARD_TOKEN: it is not a pinboard's token",
        "pinboard is not set up: PINBOARD_TOKEN is not in the environment",
    ]
    example = "from pathlib import Path; from bot import config; config.load(Path('config.example.toml'), {})"
    copy.run("-c", example)
    copy.run("-m", "pytest", "-n", "0", "tests/house/test_house.py", "-k", "platform or room")
