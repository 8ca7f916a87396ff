"""What askers say of answers, kept in SQLite: the web app writes it, evaluation makes draft cases of it."""
