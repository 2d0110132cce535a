"""Write THIRD-PARTY-NOTICES.txt: what is installed beside Copydesk, and under which licences.

`make notices` runs this after a change of requirements.lock. Licences and their texts are those that the
installed distributions ship.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
LOCK, NOTICES = ROOT / "requirements.lock", ROOT / "THIRD-PARTY-NOTICES.txt"
OURS = "copydesk (pyproject.toml)"
RULE = "=" * 78
TEXTS = re.compile(r"(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|COPYRIGHT)", re.IGNORECASE)

PLACES = tuple(
    {"sys_platform": system, "platform_system": called, "os_name": "posix", "python_full_version": f"{python}.0",
     "python_version": python, "platform_python_implementation": "CPython", "implementation_name": "cpython"}
    for system, called in (("linux", "Linux"), ("darwin", "Darwin"))
    for python in ("3.11", "3.12", "3.13", "3.14")
)  # fmt: skip
"""Where Copydesk runs."""

HEAD = """\
Copydesk is under the MIT licence (see LICENSE) and contains no code of other projects. Installed beside it,
unchanged and each under its own licence, are the distributions named here: all that requirements.lock has for
running Copydesk on Linux and macOS. The texts are those that the distributions ship. This file is made by
`make notices`.
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """A distribution of the lock: its versions, several where Python's decides, and what needs it."""

    name: str
    versions: tuple[str, ...]
    needed_by: frozenset[str]


def locked(text: str) -> Mapping[str, Locked]:
    """Everything in the lock that is ever installed on one of ``PLACES``, by name."""
    found: dict[str, Locked] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        head = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", block)
        if head is None:
            continue
        name, version, condition = head.groups()
        if condition and not any(Marker(condition).evaluate(place) for place in PLACES):
            continue
        needed_by = frozenset(re.findall(r"^    # (?:via |  )(\S.*)$", block, re.MULTILINE))
        before = found.get(name, Locked(name, (), frozenset()))
        found[name] = Locked(name, (*before.versions, version), before.needed_by | needed_by)
    return found


def needed_to_run(text: str) -> tuple[Locked, ...]:
    """Those of the lock without which Copydesk does not run, by name: not what only its tests need."""
    everything, needed = locked(text), {OURS}
    while more := {one.name for one in everything.values() if one.needed_by & needed} - needed:
        needed |= more
    return tuple(one for name, one in sorted(everything.items()) if name in needed)


def heading(one: Locked) -> str:
    """The line that opens its notice."""
    return f"{one.name} {', '.join(one.versions)}"


def notices(text: str) -> Iterator[str]:
    """The notices for the lock. Raises PackageNotFoundError where one of them is not installed."""
    yield HEAD
    seen: dict[str, str] = {}
    for one in needed_to_run(text):
        distribution = metadata.distribution(one.name)
        yield f"{RULE}\n{heading(one)}\nLicence: {licence(distribution)}\n"
        for name, words in texts(distribution):
            key = hashlib.sha256("".join(words.split()).encode()).hexdigest()
            if before := seen.get(key):
                yield f"--- {name}: the same text as {before}\n"
                continue
            seen[key] = f"{name} of {one.name}"
            yield f"--- {name}\n\n{words}\n"


def licence(distribution: metadata.Distribution) -> str:
    """What its metadata call the licence: the expression, else the field, else the classifiers."""
    about = distribution.metadata
    classifiers = [
        kind.rpartition(" :: ")[2]
        for kind in about.get_all("Classifier") or ()
        if kind.startswith("License ::")
    ]
    field = next(iter((about.get("License") or "").strip().splitlines()), "")
    return about.get("License-Expression") or field or ", ".join(classifiers) or "not stated"


def texts(distribution: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """The name and words of each file of licence that it ships, in the order of names."""
    for file in sorted(distribution.files or (), key=str):
        if not file.parts[0].endswith(".dist-info"):
            continue
        declared = file.parts[1] == "licenses"  # all that is there, but some declare their README
        if TEXTS.match(file.name) or (declared and not file.name.lower().startswith("readme")):
            raw = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            lines = raw.replace("\f", "\n").expandtabs().splitlines()
            name = "/".join(file.parts[2 if declared else 1 :])
            yield name, "\n".join(line.rstrip() for line in lines).strip("\n")


if __name__ == "__main__":
    NOTICES.write_text("\n".join(notices(LOCK.read_text(encoding="utf-8"))), encoding="utf-8")
