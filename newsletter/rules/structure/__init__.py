"""Sections and entries."""
