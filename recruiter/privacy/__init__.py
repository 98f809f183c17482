"""What is written to a candidate: checked for what is protected, and for promises that nobody may make, before it is sent."""
