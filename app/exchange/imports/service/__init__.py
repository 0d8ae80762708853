"""The acts of an import: receive a file, say what its columns hold, stage it, confirm it."""
