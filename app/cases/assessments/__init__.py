"""Assessments: started, child seen, submitted, then authorised or returned with points to fix."""
