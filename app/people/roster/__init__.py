"""The roster: who works where, when and for how many hours."""
