"""Workbooks: figures as numbers, sums as formulas."""
