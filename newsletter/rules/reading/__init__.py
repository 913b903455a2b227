"""What is told while an issue, its settings, its pictures and the templates are read."""
