"""The clock: when a letter has to be answered, what became of it, and what to do next."""
