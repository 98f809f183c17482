"""The page of one budget case, part by part."""
