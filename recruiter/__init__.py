"""Recruiter: for the people who hire. docs/house.md tells the rooms; nothing is imported here, so any room loads alone."""
