"""What the places say to people: the kinds of their messages."""
