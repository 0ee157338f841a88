"""Real servers on loopback, for tests that need somebody to talk to."""
