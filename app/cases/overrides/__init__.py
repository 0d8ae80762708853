"""Where managers passed the soft limits on new work, by reason and by manager."""
