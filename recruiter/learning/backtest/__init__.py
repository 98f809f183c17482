"""How well the model would have foreseen past decisions, beside other methods."""
