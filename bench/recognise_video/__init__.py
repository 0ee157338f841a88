"""Find clips of the person's own videos, and stills out of them, beside vPDQ."""
