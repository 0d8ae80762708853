"""Sentences drafted by rule from figures, edited by a named person, and kept with both."""
