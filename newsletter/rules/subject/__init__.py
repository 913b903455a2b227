"""Subject and preheader: what inboxes show."""
