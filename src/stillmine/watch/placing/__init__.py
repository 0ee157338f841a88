"""The places that the person chose to look at: add one, list them, remove one."""
