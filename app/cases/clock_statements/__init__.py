"""Statements of whose clock it was: a lot's days of one week by holder, answered by both sides."""
