"""Several cases given out in one go: some that were chosen, or a whole caseload."""
