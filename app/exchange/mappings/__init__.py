"""What people said that the columns of lists hold, as it is remembered for each contract."""
