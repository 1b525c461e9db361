"""How is it drawn?  One view, its layers, and the way from screen points to pixels and back."""
