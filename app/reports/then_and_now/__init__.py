"""Each lot as it was when its contract began, beside how it is now."""
