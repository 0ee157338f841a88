"""Keep: pictures sealed on this machine, found again, backed up and restored."""
