"""What happened and what to do next, for each code, in the person's language."""
