"""Triage: the queue of cases that wait for a practitioner, its order, and their priority."""
