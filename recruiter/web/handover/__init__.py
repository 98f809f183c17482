"""Pages on which a follow-up, a concern or the turn in an approval is given to somebody else."""
