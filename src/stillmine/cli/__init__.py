"""The command line: one command for each action, with --json on all of them."""
