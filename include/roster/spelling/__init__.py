"""Names as people spell them: what they are compared by, and which spellings are alike."""
