"""Edit sheets: a list of cases taken away as a workbook, changed, and brought back."""
