"""The two organisations agree: proposals, decisions, handovers, closures, reopenings."""
