"""What does the editor look like?  Colours and icons."""
