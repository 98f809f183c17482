"""What has ended for good and stays ended after any restore: a ledger beside the database, without names."""
