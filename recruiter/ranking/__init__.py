"""The suggested ranking: past decisions as the company made them, the model fit to them, the advice for a slate. It never moves anybody."""
