"""Who runs a site: its registrar, the network it is in, and who stands before it."""
