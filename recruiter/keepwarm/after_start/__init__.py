"""After the new hire has started: the bench is released, or kept in touch with by consent."""
