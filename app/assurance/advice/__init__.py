"""Advice that council teams asked for: who asked what, and the answer."""
