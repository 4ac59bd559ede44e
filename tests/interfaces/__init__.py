"""Tests of how people and machines come in."""
