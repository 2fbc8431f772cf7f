"""From articles to a quoted answer: passages, vectors, search, reading, `Answer`."""
