"""What people ask about their data: received when, due when, answered when and by whom."""
