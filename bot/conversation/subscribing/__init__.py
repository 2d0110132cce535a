"""Subscriptions and mutes: made, shown and changed in words, with buttons and in forms."""
