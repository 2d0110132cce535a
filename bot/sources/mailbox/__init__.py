"""Letters that come to a mailbox: taken over IMAP, dropped into the inbox, and put away."""
