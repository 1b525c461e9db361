"""What is missing?  Drawing masks, reshaping them, and taking them apart."""
