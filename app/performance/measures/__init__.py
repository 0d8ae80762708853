"""Measures: what each one counts, the versions both parties signed, and what was read when."""
