"""Home pages and pages that read across the rooms; nothing here writes."""
