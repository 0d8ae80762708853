"""Checks that the work is right: whether every open case has an owner and a next step."""
