"""xdist's workers as forks of what desks are forked from: to load all that each would load for itself takes four seconds."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from execnet import gateway_io
from execnet.gateway_base import Popen2IO

from tests import warm


class _Forked(Popen2IO):
    """Stands in for execnet's ``Popen2IOMaster``: the same pipes to a process that has its imports."""

    def __init__(self, args: Sequence[str], execmodel: Any) -> None:
        (source, stdin), (stdout, out) = os.pipe(), os.pipe()
        try:
            passed = [warm.Passed(source), warm.Passed(out)]
            self._process = warm.FORKS.Process(target=_serve, args=(args[-1], dict(os.environ), passed))
            self._process.start()
        finally:
            os.close(source)
            os.close(out)
        super().__init__(os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"), execmodel)

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


def _serve(line: str, environ: Mapping[str, str], streams: Sequence[int]) -> None:
    """In the new process: ``python -u -c line``."""
    os.environ.clear()
    os.environ.update(environ)
    for to, descriptor in enumerate(streams):
        os.dup2(descriptor, to)
        os.close(descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # multiprocessing gave it an empty one
    exec(line, {"__name__": "__main__"})


def fork_test_workers() -> None:
    """Workers that xdist starts from now on have what a desk loads."""
    gateway_io.Popen2IOMaster = _Forked  # type: ignore[misc]
