"""An Article becomes a few of its own words: sentences, ranking, quotes and speakers. Pure."""
