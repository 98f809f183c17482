"""Past decisions as files: the history folder read, checked and written."""
