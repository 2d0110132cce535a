"""What fills the inbox by itself: feeds, and pages that somebody asks for."""
