"""When: the words of time, and the slots of a schedule."""
