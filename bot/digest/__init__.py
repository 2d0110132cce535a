"""What goes out, and when: slots, stories, composition and layout. Pure."""
