"""Backups, through the actions, at real places."""
