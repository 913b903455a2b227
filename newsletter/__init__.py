"""Round-up newsletters: YAML in, a responsive HTML email and its plain-text twin out."""

__version__ = "0.1.0"
