"""Documents of several articles that are told by what they look like: chats that were exported, pages of posts."""
