"""The quarterly national return of agency workers, as a page and as a file."""
