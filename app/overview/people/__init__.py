"""The practitioners with what they hold, and until when they may."""
