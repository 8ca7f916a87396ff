"""How fast and how big, measured beside what a reader knows: an empty chat page and plain BM25."""
