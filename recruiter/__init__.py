"""Recruiter: for the people who hire. The rooms are told in README.md; nothing is imported here, so any room loads alone."""
