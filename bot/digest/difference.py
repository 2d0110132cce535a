"""What one digest shows that another does not (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.digests import Brief, Difference, Digest


def difference(before: Digest, after: Digest) -> Difference:
    """What changes for who gets ``after`` in place of ``before``; a story counts however it is shown."""
    old, new = _shown(before), _shown(after)
    return Difference(
        tuple(brief for story, brief in new.items() if story not in old),
        tuple(brief for story, brief in old.items() if story not in new),
        len(old.keys() & new.keys()),
        (before.seconds, after.seconds),
    )


def _shown(digest: Digest) -> Mapping[int, Brief]:
    return {brief.story: brief for brief in (*digest.briefs, *digest.also)}
