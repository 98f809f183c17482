"""Keep warm: everybody who must hear from us."""
