"""The ground: records, text, numbering, agencies, embedding and the stores both sides stand on."""
