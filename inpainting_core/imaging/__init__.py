"""What is an image?  Arrays, boxes, and the files they come from."""
