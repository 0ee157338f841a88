"""The vault on disk: what it is made of, and how it is written so that nothing is lost."""
