"""Files that people share, and how an app fetches them: docs.slack.dev/reference/objects/file-object.

Whoever comes without a token, or with one that lacks files:read, is sent to a page to sign in.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_workspace import Workspace

SCOPE = "files:read"
SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"


@dataclass(slots=True)
class Stored:
    """A file, and what goes wrong with it: `sent_to` is where its readers are sent, `page` shows them a page."""

    told: Json
    data: bytes
    sent_to: str = ""
    page: bool = False


def add(desk: Workspace, base: str, name: str, data: bytes, **more: Any) -> Json:
    """Keeps a file and returns it as a message tells of it; `size`, `mimetype`, `mode` and `is_external` may be given."""
    number = f"F{desk.number():06d}"
    url = f"{base}/files-pri/{desk.team}-{number}/file"
    told = {
        "id": number, "name": name, "title": name, "mimetype": "text/plain", "filetype": "text", "size": len(data),
        "mode": "hosted", "is_external": False, "url_private": url, "url_private_download": f"{url}?download=1",
    }  # fmt: skip
    desk.files[number] = Stored({**told, **more}, data)
    return copy.deepcopy(desk.files[number].told)


def serve(desk: Workspace, request: web.Request, token: str) -> web.StreamResponse:
    """A file's bytes."""
    number = request.match_info["name"].partition("-")[2]
    given = request.headers.get("Authorization", "")
    desk.fetched.append((number, given))
    stored = desk.files.get(number)
    if given != f"Bearer {token}" or SCOPE not in desk.scopes:
        return web.Response(status=302, headers={"Location": f"/?redir={request.path}"})
    if stored is None:
        return web.Response(status=404, text="file not found")
    if stored.sent_to:
        return web.Response(status=302, headers={"Location": stored.sent_to})
    if stored.page:
        return web.Response(text=SIGN_IN, content_type="text/html")
    return web.Response(body=stored.data, content_type=stored.told["mimetype"] or "application/octet-stream")


def info(desk: Workspace, given: Json) -> Json:
    """files.info."""
    desk.need(SCOPE)
    stored = desk.files.get(str(given.get("file")))
    if stored is None:
        raise Refused("file_not_found")
    return {"ok": True, "file": copy.deepcopy(stored.told)}


METHODS = {"files.info": info}
