"""Tests of the only way out of this computer."""
