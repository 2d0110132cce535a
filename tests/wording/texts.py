"""Every text that the desk says, found in its code: what a catalogue must have, and nothing else."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path

from tests.parsing import parsed

ROOT = Path(__file__).resolve().parents[2] / "bot"
WORDING = ROOT / "wording"
HEARD = {"asking", "language", "languages", "marks", "seeking", "sentences", "talk", "timing", "__init__"}
"""Modules of ``bot.wording`` that hold no texts: what people say, and how texts are said."""

TOLD = {"TEXTS", "HELP", "OPERATORS", "DAYS_TOLD", "TIMES_TOLD"}
"""Tables whose texts are said one by one, by their code or in their order."""

MODULES = {
    path.stem: path
    for path in sorted(WORDING.rglob("*.py"))
    if path.stem not in HEARD and path.parent.name != "catalogues"
}


def fields(text: str) -> list[str]:
    """The placeholders, sorted."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@cache
def _saying() -> tuple[Path, ...]:
    """The modules that say something; most do not, and need not be parsed for it."""
    says = re.compile(r"\b(?:say|counted)\(")
    return tuple(path for path in sorted(ROOT.rglob("*.py")) if says.search(path.read_text(encoding="utf-8")))


def _strings(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be: literals, either side of a condition, values of a table."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_strings(body), *_strings(other))
        case ast.Dict(values=values):
            yield from (text for value in values for text in _strings(value))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            yield from (text for part in parts for text in _strings(part))
        case _:
            return


@cache
def constants(path: Path) -> dict[str, ast.expr]:
    """The module's constants that are texts, by their name."""
    found: dict[str, ast.expr] = {}
    for node in parsed(path).body:
        match node:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                targets = target.elts if isinstance(target, ast.Tuple) else [target]
                for one in targets:
                    name = one.id if isinstance(one, ast.Name) else ""
                    words = "".join(_strings(value))
                    if name.isupper() and any(letter.isalpha() for letter in words):
                        found[name] = value
            case _:
                pass
    return found


def _is_counted(value: ast.expr) -> bool:
    told = list(_strings(value)) if isinstance(value, ast.Tuple) else []
    return len(told) == 2 and all("count" in fields(text) for text in told)


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


@cache
def said() -> tuple[set[str], dict[str, str]]:
    """The texts, and those with a count: the English plural, and the singular of each."""
    texts: set[str] = set()
    counted: dict[str, str] = {}
    for path in MODULES.values():
        for value in constants(path).values():
            if _is_counted(value):
                one, many = _strings(value)
                counted[many] = one
            else:
                texts |= set(_strings(value))
    for path in _saying():
        own = constants(path)
        for node in ast.walk(parsed(path)):
            if _called(node) == "say" and isinstance(node, ast.Call):
                texts |= set(_strings(_meant(node.args[0], own)))
            elif _called(node) == "counted" and isinstance(node, ast.Call) and len(node.args) == 3:
                (one,), (many,) = _strings(node.args[1]), _strings(node.args[2])
                counted[many] = one
    return texts, counted


def filled_wrongly() -> Iterator[str]:
    """Places where a text is said with other values than it has placeholders; a table's texts name their own."""
    for path in _saying():
        own = constants(path)
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or _called(node) not in {"say", "counted"}:
                continue
            given = {one.arg for one in node.keywords}
            texts = node.args[1:] if _called(node) == "counted" else node.args
            for text in (text for told in texts for text in _strings(_meant(told, own))):
                wanted = set(fields(text)) - ({"count"} if _called(node) == "counted" else set())
                if None not in given and wanted != given:
                    yield f"{path.relative_to(ROOT.parent)}:{node.lineno}: {text}"


def _meant(told: ast.expr, own: dict[str, ast.expr]) -> ast.expr:
    """The constant of the same module that is said, or one of whose texts is; else the expression."""
    named = told.value if isinstance(told, ast.Subscript) else told
    return own.get(named.id, told) if isinstance(named, ast.Name) else told


@cache
def _shown_by(module: str) -> Container[str]:
    """The names of the texts of a module of ``bot.wording``; none of any other."""
    return constants(MODULES[module]).keys() if module in MODULES else ()


def unsaid(path: Path) -> Iterator[str]:
    """Texts of the module that are shown without being said: built by ``f""``, or a constant as it stands."""
    if path not in MODULES.values() and "bot.wording" not in path.read_text(encoding="utf-8"):
        return  # it knows no text, and need not be parsed for it
    tree = parsed(path)
    shown = path.relative_to(ROOT.parent)
    own = constants(path) if path in MODULES.values() else {}
    names = own.keys() - TOLD
    parents: dict[ast.AST, ast.AST] = {}
    for node in ast.walk(tree):  # a parent comes before its children
        parents.update(dict.fromkeys(ast.iter_child_nodes(node), node))
        where = f"{shown}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.JoinedStr(values=values) if path in MODULES.values():
                words = "".join(str(one.value) for one in values if isinstance(one, ast.Constant))
                if any(letter.isalpha() for letter in words):
                    yield f"{where}: {words}"
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in _shown_by(module):
                if not _is_said(node, parents):
                    yield f"{where}: {module}.{name}"
            case ast.Name(id=name, ctx=ast.Load()) if name in names and not _is_said(node, parents):
                yield f"{where}: {name}"


def _is_said(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it is an argument of what says it, at most through a condition, a place in a table or a star."""
    while not isinstance(node := parents[node], ast.stmt):
        if isinstance(node, ast.Dict):  # a table of texts, which is a constant itself
            return True
        if _called(node) in {"say", "counted"} or isinstance(node, ast.Compare):
            return True
        if not isinstance(node, ast.Subscript | ast.IfExp | ast.Starred | ast.BoolOp | ast.Call):
            return False
    return False
