"""Dated actions on cases: what somebody is to do by when, and whether it was done."""
