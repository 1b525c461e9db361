"""What does the mouse do?  One tool in hand at a time; each is a `canvas.pointer.PointerTarget`."""
