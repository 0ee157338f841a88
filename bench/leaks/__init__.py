"""Plant leaks, one in each file, in every place of a format where software hides words."""
