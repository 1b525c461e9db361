"""How does a field look on the picture?  The coloured overlay, its legend, and the marks of one trace."""
