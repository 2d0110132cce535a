"""Talking to people: commands, access, rendering and the messengers."""
