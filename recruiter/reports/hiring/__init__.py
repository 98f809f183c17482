"""Reports on the way through the stages: funnel, time in stage, sources, time to fill."""
