"""How to look at other people's sites: as they ask, slowly, and no more than needed."""
