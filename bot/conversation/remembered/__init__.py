"""What a conversation remembers for a while, in memory alone: edits, questions, invitations, where chats have moved."""
