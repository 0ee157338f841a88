"""Facts, said to a person: what is confirmed, where it was read, and when."""
