"""The evidence of a case, one collector a file: each reads the record and tells claims that carry their source."""
