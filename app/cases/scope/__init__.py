"""The scope ledger: why the number of open cases is what it is, per lot and per day."""
