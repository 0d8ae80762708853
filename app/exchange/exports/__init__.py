"""Lists of cases on their way out, as files."""
