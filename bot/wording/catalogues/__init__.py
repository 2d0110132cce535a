"""What each language but English says: one module a language, data alone, found by being here."""
