"""How the tables came to be, one step after another; every step keeps every row."""
