"""The ranker: likelihood of graded choices, its posterior, response curves and draws of ranks."""
