"""Proposals: the agency puts exact words to the District Manager, who decides on those words."""
