"""What a spam filter makes of the email (`newsletter check --delivery`)."""
