"""The backlog: each case and its states, the scope ledger, allocation and assessments."""
