"""Reports on pay: offers declined and exceptions per band."""
