"""A neutral document and its printers; they know no recruiting."""
