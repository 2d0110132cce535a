"""The three ways of docs/design.md are walked as it tells them, and none grows unseen."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from tests import warm

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "docs" / "design.md"
MOST = {"A file becomes searchable": 119, "A slot becomes a post": 90, "A `/search` becomes a reply": 90}
"""Modules that each way may enter: who adds one looks whether another has become superfluous.

On a busy machine a thread of one way may end within the next: two more than the plan tells are room for that."""


def told(way: str) -> list[str]:
    """The modules that the plan names on a way, without those that only a running daemon enters."""
    text = PLAN.read_text(encoding="utf-8").partition(f"**{way}.**")[2].partition("\n\n")[0]
    return [name for name in re.findall(r"`([a-z_]+(?:/[a-z_]+)+)`", text) if not name.startswith("cli/")]


def test_the_ways_are_as_the_plan_tells_them(tmp_path: Path):
    walk = warm.run("tests.ways", str(tmp_path), environ=os.environ)
    assert walk.returncode == 0, walk.stderr
    walked = json.loads(walk.stdout)
    assert walked.keys() == MOST.keys()
    for way, modules in walked.items():
        assert len(told(way)) >= 8
        assert [name for name in told(way) if name not in modules] == []
        assert len(modules) <= MOST[way]
