"""How good earlier outlooks were, by what has come since."""
