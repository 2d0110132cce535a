"""Round-ups: pages that tell a little of many events, and belong to the story of none. Pure."""

from __future__ import annotations

import re

from bot.stories.similarity import folded, silent_words

LEFT = 2
"""Words beside those of a round-up that its headline may have: what more says is an event ("Panama papers: 7 things to know")."""

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_ROUNDUP = re.compile(
    rf"""
    \b(?:\d+|three|five|six|seven|ten)\ (?:\w+\ )?things\b.{{0,40}}\b(?:know|watch)\b.{{0,24}}\b(?:today|tonight|this\ morning|this\ week|bell|{_DAY})\b
  | \b(?:news|business|world|nation(?:al)?|sports?|state|local|regional|area|police)(?:\ news)?(?:\ in)?\ briefs?\b
  | \bin\ brief\b | \bnews\ in\ pictures\b
  | \b(?:business|news|sports?|markets?)\ (?:highlights|digest|round-?up|summary|in\ review)\b
  | \b(?:morning|evening|afternoon|midday|night|daily|weekly|weekend|{_DAY})(?:['’]s)?\ (?:\w+\ )?(?:links|brief(?:ing|s)?|headlines|digest|round-?up|reads|recap|shortlist)\b
  | \b(?:top|today['’]s|this\ (?:morning|week)['’]s)\ (?:top\ )?(?:stories|headlines|news)\b | \bweek\ (?:ahead|in\ review)\b
  | ^(?:the\ )?(?:shortlist|what['’]s\ news|business\ wire)\b | \b(?:stock\ )?market\ news\ for\b
  | \b(?:nachrichten|meldungen|schlagzeilen)\ (?:des\ (?:tages|morgens|abends)|in\ kürze|am\ (?:morgen|abend))\b
  | \bkurz\ notiert\b | \bkurzmeldungen\b | \bdas\ war\ der\ tag\b | \bwas\ (?:heute|in\ der\ nacht)\ wichtig\b
  | \ben\ bref\b | \brevue\ de\ presse\b | \bprincipales\ infos\b | \ben\ breve\b | \bresumen\ de\ noticias\b | \bin\ breve\b | \brassegna\ stampa\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DATE = re.compile(
    r"\b\d{1,4}(?:[./-]\d{1,2}){1,2}(?:[./-]\d{2,4})?\b|\b\d{1,2}\.?(?!\w)|\b(?:19|20)\d\d\b", re.IGNORECASE
)


def is_roundup(headline: str | None, language: str | None) -> bool:
    """Whether the headline promises many things and names hardly one: "10 things you need to know this morning"."""
    if not headline:
        return False
    rest, found = _ROUNDUP.subn(" ", headline[:400])
    if not found:
        return False
    told = {word for word in folded(_DATE.sub(" ", rest)) if word not in silent_words(language)}
    return len(told) <= LEFT
