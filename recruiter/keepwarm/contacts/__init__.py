"""Contacts with candidates, promises of the next one, competing processes, and mail that comes in."""
