"""Packs: what both sides are told of a contract, frozen as it was issued."""
