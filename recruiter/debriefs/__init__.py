"""The round table after the cards are in: agreement and conflict seen, a decision written down."""
