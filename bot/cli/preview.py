"""`copydesk digest preview`: a digest as text, as a record, or as the calls that would post it."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import click

from bot.app import App
from bot.chat.console import messenger
from bot.platforms import CALLING, calls_of
from bot.views.json_record import digest_record
from bot.views.layout import digest_message, scheduled_message
from bot.wording.language import speaking


async def previewed(  # noqa: PLR0913 - one for each option
    app: App, name: str | None, since: timedelta, *, form: str, style: str, remembering: bool
) -> int:
    """Print the digest of a channel and send nothing. Raises ConfigError where there is no such channel.

    A platform's calls are what would be posted unasked: none of a digest that has nothing to say.
    """
    made = await app.preview(name, since, style, remembering=remembering)
    if form == "json":
        click.echo(json.dumps(digest_record(made), ensure_ascii=False))
        return 0
    with speaking(await app.telling(app.channel(name))):
        if form not in CALLING:
            messenger.show(digest_message(made, app.config.zone), sys.stdout)
            return 0
        message = scheduled_message(made, app.channel(name).schedule.zone)
        for call in calls_of(form, app.channel(name).to, message) if message else ():
            thread = {"in_thread_of": call.under} if call.under else {}
            line = {"method": call.method, **thread, "body": call.fields}
            click.echo(json.dumps(line, ensure_ascii=False))
    return 0
