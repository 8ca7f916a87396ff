"""Generation: what a chat model drafts, checked sentence by sentence against the evidence."""
