"""What must not be lost: articles, arrivals, subscriptions and deliveries, in SQLite or PostgreSQL."""
