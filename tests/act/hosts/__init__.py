"""Tests of finding out who runs a site."""
