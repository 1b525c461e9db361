"""What is being edited?  Picture, mask, provenance and their history, without Qt."""
