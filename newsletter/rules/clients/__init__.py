"""What readers' mail programs can show."""
