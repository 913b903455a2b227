"""Links: where they lead, and the words that lead there."""
