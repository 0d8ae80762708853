"""Children without a named worker: risk reviews, visits, and the ladder that their wait climbs."""
