"""After the start: release of the bench and the talent pool."""
