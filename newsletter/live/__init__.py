"""Links, asked over the network. Nothing here is loaded until links are asked, but `answer`."""
