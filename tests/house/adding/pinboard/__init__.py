"""Pinboards, a made-up platform: the smallest room that there can be, which tests add to a copy of the package."""
