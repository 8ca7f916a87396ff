"""Evaluation: test cases, metrics, runs, reports and the batch door, over the public face of the answering package."""
