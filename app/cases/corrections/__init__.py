"""Corrections of the facts of a case that a person may change by hand."""
