"""The final account of a contract: what was done, what it cost, and what could not be proved."""
