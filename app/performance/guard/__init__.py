"""Whether speed costs quality: what comes back, what was not seen, what ends in a rush."""
