"""Allocation: who holds a case, who may, and how full their hands are."""
