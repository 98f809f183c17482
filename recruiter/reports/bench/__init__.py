"""Reports on the bench: depth, losses, time to backfill, promises."""
