"""Looking for copies in a web of leaks on loopback."""
