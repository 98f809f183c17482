"""The past in and out: plans of what a file would do, one transaction that does it, undo, and exports."""
