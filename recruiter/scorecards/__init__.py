"""What interviewers saw: ratings with evidence, blind to each other until sent. Only `queries.visible_to` hands them out."""
