"""What the lines of a document are: numbers, outline, tables, responsibilities, and what stands around the measures."""
