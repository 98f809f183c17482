"""The suggested ranking of one slate, with ranges, reasons, and what would change it."""
