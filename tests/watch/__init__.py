"""Tests of the room that looks for copies."""
