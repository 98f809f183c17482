"""When somebody must hear from us next: cadences, facts of the bench, agreements to leave somebody alone, clashes of dates."""
