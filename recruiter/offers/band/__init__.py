"""Offers above the band: exceptions that an approved case allows, and offers that none covers."""
