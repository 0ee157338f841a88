"""Tests of recognising a changed copy."""
