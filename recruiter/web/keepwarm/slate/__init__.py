"""The bench of one requisition."""
