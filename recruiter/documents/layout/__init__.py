"""What is printed and in which order, the same for every format."""
