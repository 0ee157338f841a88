"""Measure how surely a leaked copy is traced to the one it was made for."""
