"""Unresolved child-protection issues: one line each, and who covers the child tonight."""
