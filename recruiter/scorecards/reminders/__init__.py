"""Reminders of missing scorecards, by schedule and by hand."""
