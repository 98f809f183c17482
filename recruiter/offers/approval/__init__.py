"""Approval of offers: chains, votes, stand-ins and questions."""
