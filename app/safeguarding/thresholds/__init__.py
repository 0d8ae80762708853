"""Decisions whether a case meets a threshold, each with its rationale and who was told."""
