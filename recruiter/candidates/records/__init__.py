"""What is written, planned and kept about a person: notes, follow-ups, files and consents."""
