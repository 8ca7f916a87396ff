"""What programs are given beside answers: records as plain JSON values, chat messages, and an MCP server."""
