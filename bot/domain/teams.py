"""Teams of one desk: who belongs to which, and which sources each may see. Pure.

A rule is written as in ``[access]``: the platform's name and an id of a workspace, a chat or a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.model import CONSOLE, Address, Article
from bot.domain.query_nodes import Everything, Outlets, Query, outlet_key


@dataclass(frozen=True, slots=True)
class Team:
    """Without ``sources`` it sees all, without ``topics`` it has all; ``rules`` are its people and its chats."""

    name: str = ""
    rules: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    @property
    def scope(self) -> Query:
        """What every query of the team is narrowed to."""
        return Outlets(frozenset(map(outlet_key, self.sources))) if self.sources else Everything()

    def sees(self, article: Article) -> bool:
        """Whether the article is within ``scope``."""
        keys = set(map(outlet_key, self.sources))
        return not keys or any(outlet_key(name) in keys for name in (article.source, article.agency) if name)

    def topics_of(self, topics: Mapping[str, str]) -> dict[str, str]:
        """Those of the desk's topics that the team has, in their order."""
        return {name: text for name, text in topics.items() if not self.topics or name in self.topics}


EVERYBODY = Team()
"""Where there are no teams, and at the console: sees all there is."""


@dataclass(frozen=True, slots=True)
class Teams:
    """Every team. ``default`` has whoever and whatever is in none."""

    teams: tuple[Team, ...] = ()
    default: Team = EVERYBODY

    def of(self, at: Address, who: Sequence[str] = ()) -> Team:
        """The team of a place, else of a person by their rules, of which the first that is known counts.

        What is said in a team's chat is for that team, whoever asks. Who sits at the console runs the desk.
        """
        if at.platform == CONSOLE.platform:
            return EVERYBODY
        found = (team for rule in (_rule(at), *who) for team in self.teams if rule in team.rules)
        return next(found, self.default)

    def belongs_to_another(self, at: Address, team: Team) -> bool:
        """Whether the place is named among the chats of another team."""
        return any(_rule(at) in one.rules for one in self.teams if one != team)

    def followed(self, moves: Mapping[Address, Address]) -> Teams:
        """The teams, in which a chat that has another id now is meant by either."""

        def followed(team: Team) -> Team:
            news = {_rule(new) for old, new in moves.items() if _rule(old) in team.rules}
            return replace(team, rules=team.rules | news)

        return Teams(tuple(map(followed, self.teams)), followed(self.default))


NO_TEAMS = Teams()


@dataclass(frozen=True, slots=True)
class Visibility:
    """What the ``team`` that asks ``at`` a place may be told of."""

    team: Team = EVERYBODY
    teams: Teams = NO_TEAMS
    at: Address | None = None

    @property
    def scope(self) -> Query:
        """What every query is narrowed to."""
        return self.team.scope

    def may_name(self, place: Address) -> bool:
        """Whether the place is told by its name: this chat, one of the team's, or any where there are no teams."""
        if not self.teams.teams or self.team == EVERYBODY:
            return True
        here = self.at is not None and (self.at.platform, self.at.chat) == (place.platform, place.chat)
        return here or _rule(place) in self.team.rules


ALL_VISIBLE = Visibility()
"""Whoever runs the desk sees all there is."""


def _rule(at: Address) -> str:
    return f"{at.platform}:{at.chat}"
