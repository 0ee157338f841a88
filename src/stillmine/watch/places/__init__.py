"""Places to look at: each kind is a small file that says what to ask for and reads answers."""
