"""Groups of children that are looked at across cases, as codes and in numbers."""
