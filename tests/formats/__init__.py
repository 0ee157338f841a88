"""The formats on disk: golden vaults, vectors, and readers that are not ours."""
