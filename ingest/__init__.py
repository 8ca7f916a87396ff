"""Documents → policy units → chunks → index. Writes the index; never imports ``answering``."""
