"""The footer, and what the law asks of it."""
