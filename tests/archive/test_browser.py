"""The archive as a browser shows it, and its colours as eyes need them."""

from __future__ import annotations

import re
from itertools import product

import pytest

from bot.archive.frame import STYLE
from bot.web.links import ROOT
from bot.web.server import serving
from bot.web.settings import WebSettings
from tests.archive.test_site import PLAIN, PUBLIC, archive
from tests.playground.chromium import PROGRAM, page


@pytest.mark.skipif(PROGRAM is None, reason="needs Debian's chromium")
async def test_a_browser_follows_a_line_to_its_mark_and_searches_and_refuses_nothing(tmp_path):
    async with archive(tmp_path, PUBLIC) as visitor:
        sites = {ROOT: visitor.site.visit}
        async with (
            serving(WebSettings(port=0), {}, {}, sites=sites) as port,
            page(tmp_path / "profile", size=(360, 640)) as shown,
        ):
            await shown.open(f"http://127.0.0.1:{port}{PLAIN}")
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert await shown.value(wide) <= 0
            await shown.value("document.querySelector('a.number').click()")
            marked = "getComputedStyle(document.querySelector('mark:target')).backgroundColor"
            await shown.until("!!document.querySelector('mark:target')")
            assert await shown.value(marked) == "rgb(255, 226, 122)"
            await shown.value(
                "document.getElementById('q').value = 'said:Marrant', document.forms[0].requestSubmit()"
            )
            await shown.until("document.title.startsWith('Found for')")
            assert await shown.value("document.querySelectorAll('main h2').length") == 1
            assert await shown.value(wide) <= 0
            assert shown.refused == []


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: int):
    colours = [
        dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in re.findall(r":root \{([^}]*)\}", STYLE)
    ]
    assert len(colours) == 2
    grounds = [*product(("ink", "quiet", "link"), ("paper",)), ("ink", "mark"), ("paper", "link")]
    for text, ground in grounds:
        one, other = sorted((luminance(colours[scheme][name]) for name in (text, ground)), reverse=True)
        assert (one + 0.05) / (other + 0.05) >= 4.5, (text, ground)
