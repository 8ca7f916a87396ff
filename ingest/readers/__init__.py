"""Files as offices keep them, read into one form: lines and table rows in order, see :mod:`ingest.readers.source`."""
