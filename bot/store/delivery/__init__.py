"""What is due, staged, posted and told: the outbox and what stands around it."""
