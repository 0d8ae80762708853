"""Case outcome plans: what is meant to become of a case, in versions that never change."""
