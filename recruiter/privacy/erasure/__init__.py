"""A person's data is erased: rows, words, files, mails and what waits go; figures and past decisions stay, and name nobody."""
