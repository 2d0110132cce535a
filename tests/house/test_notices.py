"""What is installed beside the desk is named in the notices that are shipped with it."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NOTICES = (ROOT / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notices", ROOT / "deploy" / "notices.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["notices"] = module
    spec.loader.exec_module(module)
    return module


notices = script()


def test_the_notices_name_all_that_is_locked_for_running_and_nothing_else():
    headings = re.findall(rf"^{notices.RULE}\n(.+)\nLicence: (.+)$", NOTICES, re.MULTILINE)
    needed = notices.needed_to_run(LOCK)
    assert len(needed) > 60
    assert [name for name, _ in headings] == [notices.heading(one) for one in needed], "run `make notices`"
    assert [name for name, licence in headings if licence == "not stated"] == []


def test_what_the_project_asks_for_is_needed_to_run_and_what_its_tests_ask_for_is_not():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[\[<>=]", one)[0] for one in wanted}

    needed = {one.name for one in notices.needed_to_run(LOCK)}
    assert needed >= names(project["project"]["dependencies"]) | {"psycopg-binary", "greenlet", "yarl"}
    assert not needed & names(project["dependency-groups"]["dev"])
    assert "colorama" not in needed, "it is for Windows alone"


def test_each_notice_has_the_text_of_its_licence():
    """Not compared with what is installed here: wheels of other platforms and Pythons ship other files."""
    parts = NOTICES.split(f"{notices.RULE}\n")[1:]
    found = {part.split(" ", 1)[0]: part for part in parts}
    assert [one.name for one in notices.needed_to_run(LOCK) if "\n--- " not in found[one.name]] == []


def test_the_same_text_is_there_once():
    assert NOTICES.count("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION") < 12
    pointers = re.findall(r"^--- .+: the same text as (.+) of (\S+)$", NOTICES, re.MULTILINE)
    assert pointers
    for title, name in pointers:
        assert f"\n{name} " in NOTICES
        assert f"\n--- {title}\n" in NOTICES


def test_they_are_in_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["license-files"]) == {"LICENSE", "THIRD-PARTY-NOTICES.txt"}
