"""How is one hole filled?  One contract, one list, one pipeline, and the engines."""
