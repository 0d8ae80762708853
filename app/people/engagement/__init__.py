"""What the national return of agency workers asks about a worker's engagement."""
