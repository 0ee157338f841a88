"""The pages: everything the program can do, in a browser on the person's own computer."""
