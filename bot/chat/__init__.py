"""Talking to people: access, rendering and the messengers."""
