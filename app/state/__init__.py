"""Who may change the document?  `EditorModel` alone; and what else the window must remember."""
