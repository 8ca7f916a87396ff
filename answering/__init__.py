"""Question → understanding → retrieval → evidence → answer. Reads the index; never imports ``ingest``."""
