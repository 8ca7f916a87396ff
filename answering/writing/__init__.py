"""Writing: the verbatim answer, with false premises corrected and aspirations named."""
