"""Any day of the ledger beside any other: who came, who left, and by which term."""
