"""Messages about interviews: who must be told what, and when."""
