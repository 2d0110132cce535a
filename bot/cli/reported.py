"""How a command runs: over the configuration, to its end, with one line for what went wrong and an exit status."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

if TYPE_CHECKING:
    from bot.config import Config

P = ParamSpec("P")

FAILED, WRONG = 1, 2


def reported(function: Callable[P, int | None]) -> Callable[P, None]:
    """Run a command: what went wrong becomes one line on standard error and an exit status."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from bot.domain.errors import BotError, ConfigError, LeaseHeld
        from bot.runtime.redaction import withheld

        try:
            status = function(*args, **kwargs)
        except ConfigError as error:
            for problem in error.problems:
                click.echo(withheld()(problem), err=True)
            status = WRONG
        except LeaseHeld as error:
            click.echo(withheld()(f"copydesk: {error}"), err=True)
            status = WRONG
        except BotError as error:
            click.echo(withheld()(f"copydesk: {error}"), err=True)
            status = FAILED
        except BrokenPipeError:
            raise  # the reader of our output has gone: click ends quietly
        except OSError as error:
            what = f"the disk says of {error.filename or 'a file'}"
            said = "standard output cannot be written" if _output_is_full() else what
            click.echo(withheld()(f"copydesk: {said}: {error.strerror or error}"), err=True)
            status = FAILED
        sys.exit(status or 0)

    return run


def _output_is_full() -> bool:
    """Whether what was printed is still there, and cannot be written."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return True
    return False


def awaited(work: Coroutine[Any, Any, int | None]) -> int | None:
    """Run the coroutine to its end."""
    return asyncio.run(work)


def configured(context: click.Context, *, needed: bool = True) -> Config:
    """The configuration that `--config` names. Raises ConfigError.

    Where it is not ``needed`` and was not asked for, an absent file means the defaults.
    """
    from bot import config, platforms
    from bot.runtime import log

    root = context.find_root()
    asked = root.get_parameter_source("path") is click.core.ParameterSource.COMMANDLINE
    if not needed and not asked and not root.obj.exists():
        return config.build({}, Path.cwd(), {})
    settings = config.load(root.obj, os.environ)
    log.close(platforms.TOKENS, settings.log)
    return settings
