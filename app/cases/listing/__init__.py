"""Finding cases: a search by reference or family key, and views of the list that people keep."""
