"""What happened, by whom: one row with every change, chained by hashes, never edited. Ids and words of the trade only, nobody's text or pay."""
