"""The vocabulary: plain frozen records, the errors, the ports and the query language, which every room shares."""
