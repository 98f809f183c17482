"""Messages that a person sends to candidates, to one or to several, from a draft made of the record."""
