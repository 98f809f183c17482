"""Reports on decisions: interviewer load, debriefs that changed the order, suggestions followed."""
