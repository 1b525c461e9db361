"""How is it all laid out?  The window, its commands, and the page it starts with."""
