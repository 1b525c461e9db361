"""What runs off the GUI thread?  Fills and files, each in a thread of its own."""
