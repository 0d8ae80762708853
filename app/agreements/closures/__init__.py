"""Closures: written by one person, agreed by the council, pressed by another."""
