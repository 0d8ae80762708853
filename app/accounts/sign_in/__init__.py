"""Signing in and out: tries are counted, sessions are opened and ended."""
