"""Value: what a case costs beside the quality of the work, and against hire by the day."""
