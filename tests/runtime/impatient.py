"""Imported by workers who shall not wait long for their turn: half a second."""

from __future__ import annotations

from pebble import CONSTS

import bot.runtime.workers  # noqa: F401 - which sets how long they do

CONSTS.channel_lock_timeout = 0.5
