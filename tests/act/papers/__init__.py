"""Papers: what stands in them, and that they hold."""
