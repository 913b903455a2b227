"""The feeds of the settings in, what is new in them out."""
