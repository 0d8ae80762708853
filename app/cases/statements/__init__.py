"""Statements of scope: a lot's ledger of one week, issued when it balances and signed by both."""
