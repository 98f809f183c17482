"""One request to a page: who asks, may they, the form handled, the change committed, errors shown."""
