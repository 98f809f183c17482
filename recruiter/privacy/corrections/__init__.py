"""What a person says is not right about them: disputed, corrected or kept, with the history, and ranked again."""
