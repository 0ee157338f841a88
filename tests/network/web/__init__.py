"""Tests of the one client for the web."""
