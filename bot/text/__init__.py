"""Sentences, words, languages, quotation marks and cue words, for every room that reads text."""
