"""Pages of budget cases: the list, the editor, the document, a colleague's two minutes."""
