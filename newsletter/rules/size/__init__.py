"""How heavy the email is."""
