"""Whether all readers can read it."""
