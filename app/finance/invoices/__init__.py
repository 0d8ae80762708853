"""Invoices: built from evidence, answered line by line, credited when a case comes back."""
