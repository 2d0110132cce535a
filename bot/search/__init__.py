"""A derived full-text index on local disk that follows the store by revision."""
