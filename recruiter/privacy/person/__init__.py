"""One person across all rooms: their records, the rows that are about them, and the words by which texts name them."""
