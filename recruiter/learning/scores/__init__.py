"""From ratings to one score for each candidate: rater severity, precision and shrinkage."""
