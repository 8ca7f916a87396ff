"""Training of the bundled embedding model; needs the ``train`` extra, and nothing at run time imports it."""
