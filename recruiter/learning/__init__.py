"""The mathematics of ranking: arrays and values in, values out; no database, no web, nothing of recruiting's tables."""
