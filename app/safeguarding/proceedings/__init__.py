"""Pre-proceedings: from the legal gateway to the decision whether to go to court."""
