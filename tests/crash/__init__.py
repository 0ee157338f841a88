"""Kill the program, cut the power, fill the disk: and look whether anything was lost."""
