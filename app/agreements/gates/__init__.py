"""What every case must have behind it before it ends, whichever way it ends."""
