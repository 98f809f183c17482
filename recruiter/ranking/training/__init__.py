"""From past decisions to an active model: training set, fit, checks and activation."""
