"""Figures from scorecards: rater severity and progress of interviews."""
