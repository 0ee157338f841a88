"""Papers for a platform, the police, a lawyer or a helper: typeset, archival, and as plain text."""
