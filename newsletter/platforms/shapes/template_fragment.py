"""The inside of the body, for a template that has a footer: who sends this, and how to leave.

Which lines that is, the tags say: what the platform adds itself is left out as they are filled in.
"""

from newsletter.platforms.shapes.body_inner import FILE, PART, shaped

__all__ = ["FILE", "PART", "shaped"]
