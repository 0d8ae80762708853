"""Measures Clearway beside bare floors in the same run, and prints the ratios."""
