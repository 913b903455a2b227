"""What stands behind the links, asked over the network (`newsletter check --links`)."""
