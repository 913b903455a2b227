"""What was already sent, or stands twice."""
