"""The steps of an exit strategy, and the gates that both sides agree."""
