"""PDF, tagged for screen readers, set by Typst."""
