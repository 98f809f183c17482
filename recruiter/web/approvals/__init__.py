"""Pages of approvals: deciding on a phone, the chains of the company, and who stands in for whom."""
