"""The page that leads to every setting."""
