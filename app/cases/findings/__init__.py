"""What is wrong or missing in the facts of a case, kept beside it until the facts are mended."""
