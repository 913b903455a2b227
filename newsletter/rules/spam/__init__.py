"""What spam filters score."""
