"""The documents name what exists: every command, and no option that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli.commands import copydesk
from tests.samples import SAMPLES, shown, timeless

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, before: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found += commands(command, f"{name} ") if isinstance(command, click.Group) else [before + name]
    return found


def test_every_command_is_in_the_readme():
    names = commands(copydesk)
    assert len(names) >= 7
    assert [name for name in names if f"`copydesk {name}" not in README] == []


def test_the_readme_names_no_command_that_is_not_there():
    tops = set(copydesk.commands)
    named = set(re.findall(r"copydesk ([a-z]+)", README))
    assert named
    assert named <= tops


def test_links_between_documents_lead_somewhere():
    links = [
        (path, link)
        for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    ]
    assert links
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("beginning", SAMPLES)
def test_a_sample_in_a_document_is_what_the_desk_prints(beginning):
    made, written = SAMPLES[beginning](), shown(beginning)
    assert timeless(written) == timeless(made), "`python -m tests.samples` writes the samples anew"
    assert len(written.splitlines()) > 8
