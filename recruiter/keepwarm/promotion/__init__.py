"""The first choice is lost: the next finalist takes the offer stage in one transaction."""
