"""The words of the issue, and the characters that they are made of."""
