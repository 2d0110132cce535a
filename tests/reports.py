"""What xdist's workers say of each test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def say_little(config: pytest.Config) -> None:
    """Of the six events of a test that passes, three are not sent: they tell nothing, and cost each side its time.

    With ``--durations`` all are: what preparing took is told with them.
    """
    if config.option.durations is not None:
        return
    for plugin in config.pluginmanager.get_plugins():
        # xdist runs its own source anew in the worker: it is of no class that can be imported.
        if hasattr(plugin, "sendevent"):
            plugin.sendevent = _telling(plugin.sendevent)


def _telling(send: Callable[..., None]) -> Callable[..., None]:
    def sendevent(name: str, **told: Any) -> None:
        if name == "testreport":
            report = told["data"]
            if report["when"] == "call" or report["outcome"] != "passed":
                send(name, **told)
        elif name not in {"logstart", "logfinish"}:
            send(name, **told)

    return sendevent
