"""Weighing: which units an answer rests on, and whether the documents answer at all."""
