"""All tests. Looking for garbage after every 700 objects would take a sixth of their time."""

import gc

gc.set_threshold(50_000)
