"""The sections of reports: what many rooms count, laid out once as plain tables."""
