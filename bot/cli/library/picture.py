"""Statistics as a picture: a PNG of three plots, 1,080 pixels wide, whose text can be read on a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from bot.domain.errors import ConfigError
from bot.store.statistics import Day

try:
    from PIL import Image, ImageDraw, ImageFont
except ImportError as error:
    raise ConfigError(
        ['stats --png needs Pillow, which is not installed: pip install "copydesk[pictures]"']
    ) from error

WIDTH, MARGIN, PANEL, BARS = 1080, 60, 360, 200
"""Pixels: of the picture, around it, of a plot with its title and days, and of its tallest bar."""

LARGE, SMALL = 40, 28
"""Pixels of a letter. Where a phone shows the picture 360 points wide, a third of them."""

MOST = 62
"""Bars that a plot has at most: two months of days. Of a longer time each stands for several days."""

PAPER, INK, BAR = "#ffffff", "#1d1d1f", "#2f6f9f"


@dataclass(frozen=True, slots=True)
class _Plot:
    title: str
    counts: Sequence[int]
    total: int


def drawn(days: Mapping[date, Day]) -> bytes:
    """A PNG of articles, stories and digests of each day, of which there is at least one, in their order.

    A story counts once for each bar that it has articles in, and once in the total.
    """
    each = -(-len(days) // MOST)
    every = list(days.values())
    spans = [every[start : start + each] for start in range(0, len(every), each)]
    plots = (
        _plot("articles", spans, lambda span: sum(day.articles for day in span), every),
        _plot("stories", spans, lambda span: len(set[int]().union(*(day.stories for day in span))), every),
        _plot("digests", spans, lambda span: sum(day.digests for day in span), every),
    )
    image = Image.new("RGB", (WIDTH, MARGIN + PANEL * len(plots)), PAPER)
    first, last = min(days), max(days)
    ends = f"{first:%a} {first}", f"{last:%a} {last}" if last > first else "", _each(each)
    for number, plot in enumerate(plots):
        _draw(ImageDraw.Draw(image), MARGIN + PANEL * number, plot, ends)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _plot(
    title: str, spans: Sequence[Sequence[Day]], count: Callable[[Sequence[Day]], int], every: Sequence[Day]
) -> _Plot:
    return _Plot(title, [count(span) for span in spans], count(every))


def _each(days: int) -> str:
    return f"a bar for {days} days" if days > 1 else ""


def _draw(draw: ImageDraw.ImageDraw, top: int, plot: _Plot, ends: tuple[str, str, str]) -> None:
    large, small = (ImageFont.load_default(size) for size in (LARGE, SMALL))
    first, last, middle = ends
    left, right, ground = MARGIN, WIDTH - MARGIN, top + LARGE + 24 + BARS
    most = max(plot.counts)
    draw.text((left, top), f"{plot.total:,} {plot.title}", INK, large)
    draw.text((right, top + LARGE), f"at most {most:,}", INK, small, anchor="rs")
    step = (right - left) / len(plot.counts)
    for place, count in enumerate(plot.counts):
        if count:  # whatever counts is seen
            height = max(4, round(BARS * count / most))
            start = left + step * place
            draw.rectangle((start, ground - height, start + max(2, step * 0.8), ground), BAR)
    draw.line((left, ground, right, ground), INK, 2)
    for at, anchor, text in ((left, "la", first), ((left + right) / 2, "ma", middle), (right, "ra", last)):
        draw.text((at, ground + 10), text, INK, small, anchor=anchor)
