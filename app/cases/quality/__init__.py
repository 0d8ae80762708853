"""The queue of findings: what is wrong or missing in cases, who mends it, what was accepted."""
