"""Telegram: a renderer, what is heard there, a messenger."""
