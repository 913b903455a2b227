"""The mailing platform: its tags, and what it takes."""
