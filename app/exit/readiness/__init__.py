"""What stands in the way of an orderly exit, each with the rows behind it."""
