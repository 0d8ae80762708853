"""Sets the points table beside the time that cases really took, month by month."""
