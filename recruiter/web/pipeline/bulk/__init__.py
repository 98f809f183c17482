"""Acts on several applications at once, and their undo."""
