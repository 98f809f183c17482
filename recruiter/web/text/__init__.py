"""Text on pages: template filters, highlighted words and warnings about a message."""
