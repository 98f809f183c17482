"""Figures that several sections of a case use: history, package, vacancy cost, rates, scores."""
