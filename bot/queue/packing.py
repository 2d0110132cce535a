"""What travels between a desk and its workers: arguments, and what became of a call.

Pickles, of the desk's own records and plain values alone: whoever can write the database must not run code with it.
"""

from __future__ import annotations

import builtins
import dataclasses
import io
import pickle
import traceback
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from typing import Any

from bot.domain.errors import BotError
from bot.runtime.faults import fault

LARGEST = 64 * 1024 * 1024
"""Bytes of what travels; what is larger is done where it is."""

RETURNED, RAISED, HERE = b"=", b"!", b">"
"""How an answer begins: a result follows, an error, or nothing, because that cannot travel."""

PLAIN = frozenset(
    {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
    | {("collections", "OrderedDict"), ("pathlib", "PosixPath"), ("pathlib", "PurePosixPath")}
)

LONGEST_TRACE = 8_000
"""Characters of a worker's traceback that go with an error, for the desk's log."""


class CannotTravel(Exception):
    """The call, or its result, is larger than LARGEST, or has something that does not come through: it is for the desk to do."""


def packed(value: object) -> bytes:
    """As bytes that :func:`unpacked` reads."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes) -> Any:
    """The value; raises pickle.UnpicklingError for what :func:`packed` did not make of records of ours."""
    try:
        return _Records(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:
        raise pickle.UnpicklingError(f"what came through the queue is damaged: {fault(error)}") from error


async def answered(call: Callable[..., Awaitable[object | None]], payload: bytes) -> bytes:
    """The answer that ``call`` makes of the packed arguments; where it returns ``None``, that the desk is to do it. Errors of ours pass."""
    try:
        arguments: Sequence[Any] = unpacked(payload)
    except pickle.UnpicklingError:
        return HERE
    try:
        result = await call(*arguments)
    except BotError:
        raise
    except Exception as error:  # noqa: BLE001 - the desk decides what it means
        return raised(error)
    return HERE if result is None else _returned(result)


def answer_to(function: Callable[..., object], payload: bytes) -> bytes:
    """What ``function`` makes of the packed arguments, or raises; for a worker's process.

    What is the machine's or the budget's passes: MemoryError, RecursionError and OSError.
    """
    try:
        arguments: Sequence[Any] = unpacked(payload)
    except pickle.UnpicklingError:
        return HERE
    try:
        return _returned(function(*arguments))
    except (MemoryError, RecursionError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - the desk decides what it means
        return raised(error)


def _returned(result: object) -> bytes:
    answer = RETURNED + packed(result)
    return answer if len(answer) <= LARGEST else HERE


def raised(error: Exception) -> bytes:
    """The answer that this error is; a library's goes as a RuntimeError that names it."""
    if isinstance(error, BotError):
        return RAISED + packed(error)
    if getattr(builtins, type(error).__name__, None) is not type(error):
        error = RuntimeError(fault(error)).with_traceback(error.__traceback__)
    error.add_note("".join(traceback.format_exception(error))[-LONGEST_TRACE:])
    return RAISED + packed(error)


def result_of(answer: bytes) -> Any:
    """What the call returned; raises what it raised, or CannotTravel."""
    kind, rest = answer[:1], answer[1:]
    if kind not in {RETURNED, RAISED}:
        raise CannotTravel
    try:
        value = unpacked(rest)
    except pickle.UnpicklingError as error:
        raise CannotTravel from error
    if kind == RETURNED:
        return value
    if isinstance(value, Exception):
        raise value
    raise CannotTravel


class _Records(pickle.Unpickler):
    """Makes records and errors of ours, plain values and Python's own errors, and refuses every other class."""

    def find_class(self, module: str, name: str) -> Any:
        """The class, where it is one of those; raises UnpicklingError."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module == "builtins" or module.partition(".")[0] == "bot":
            found = super().find_class(module, name)
            if isinstance(found, type) and (
                (module != "builtins" and _is_record(found)) or issubclass(found, Exception)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that comes through the queue")


def _is_record(found: type) -> bool:
    return (
        dataclasses.is_dataclass(found)
        or issubclass(found, Enum)
        or (issubclass(found, tuple) and hasattr(found, "_fields"))
    )
