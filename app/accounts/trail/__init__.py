"""The auditor's pages: what was done, by whom, what it changed, and who looked."""
