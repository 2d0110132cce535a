"""A person at the page, in Chromium."""

from __future__ import annotations

from tests.playground.chromium import Page

SLACK, TELEGRAM, MODAL = "#slack-messages", "#telegram-messages", "#slack-modal"
"""Where messages and the Home tab are shown, and a modal."""


class Person:
    """Who sits before the page, and acts as fast as it lets them."""

    def __init__(self, shown: Page) -> None:
        self.shown = shown

    async def write(self, where: str, text: str) -> None:
        """Type into a platform's field and send."""
        await self.type(f"#{where}-text", text)
        await self.shown.value(f"document.getElementById('{where}-form').requestSubmit()")

    async def type(self, field: str, text: str) -> None:
        """Type into a field, as soon as it is there, in place of what stands in it."""
        at = f"document.querySelector({field!r})"
        await self.shown.until(f"!!{at}")
        await self.shown.value(f"{at}.focus(), {at}.select()")
        await self.shown.call("Input.insertText", text=text)

    async def enter(self) -> None:
        """Press Enter where the focus is."""
        for kind in ("keyDown", "keyUp"):
            await self.shown.call("Input.dispatchKeyEvent", type=kind, key="Enter", text="\r")

    async def reads(self, place: str, words: str) -> None:
        """Wait until an element shows the words."""
        await self.shown.until(f"document.querySelector({place!r})?.innerText.includes({words!r})")

    async def press(self, place: str, label: str) -> None:
        """Press the newest button of this label, as soon as it is there."""
        labelled = (
            f"[...document.querySelectorAll('{place} button')].findLast(b => b.innerText === {label!r})"
        )
        await self.shown.until(f"!!{labelled}")
        await self.shown.value(f"{labelled}.click()")
