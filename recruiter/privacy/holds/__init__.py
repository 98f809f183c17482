"""Legal holds: nothing of a person, or of anybody on a requisition, is erased or deleted until a day."""
