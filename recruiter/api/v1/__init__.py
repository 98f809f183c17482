"""The areas of version 1, one file each. Each has a `blueprint`."""
