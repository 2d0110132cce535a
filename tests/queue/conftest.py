"""A real PostgreSQL for the queue: there is no other that it works on."""

from __future__ import annotations

from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]  # fixtures
