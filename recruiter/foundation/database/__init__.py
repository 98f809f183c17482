"""The database as every room sees it: base class, column types, engines, pages of a list, backup and restore."""
