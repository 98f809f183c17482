"""The frozen case: content put together, its checksum, exports and verification."""
