"""The schema over time; numbered, one subject each."""
