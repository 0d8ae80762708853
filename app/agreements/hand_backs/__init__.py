"""Cases that should not have come: handed back in one step, and the pattern by who sent them."""
