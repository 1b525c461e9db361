"""What does one step do?  One file for each paper's network; `recipe`, a folder up, is their contract."""
