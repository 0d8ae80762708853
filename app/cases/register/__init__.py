"""The register: one row for each case, the one function that moves it, its list and its facts."""
