"""What a report asserts: parted from its other words, and put beside what the article says."""
