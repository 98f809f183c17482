"""The case for an offer above the approved band: assembled from the record, checked, frozen, decided."""
