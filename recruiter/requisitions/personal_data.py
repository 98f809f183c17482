"""What this room holds about a candidate, and what erasure leaves of it."""

from recruiter.foundation.personal_data import Held

HELD = (Held("opening", "Seats, with the number of the application that fills them"),)
