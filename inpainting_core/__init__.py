"""How are holes filled?  No Qt below this line; everything runs headless. The door is `api`."""
