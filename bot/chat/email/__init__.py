"""E-mail: digests as letters in a thread, to whoever has an address. Nobody is heard here."""
