"""What a company must know of its model: the card, drift, and the allow list of features."""
