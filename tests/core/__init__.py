"""Does the core keep its word?  One file of tests for each of its modules."""
