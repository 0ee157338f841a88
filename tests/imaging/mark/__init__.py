"""Marks: hidden in a picture, read from a leaked copy."""
