"""Where did the content come from?  Correspondence fields: made, asked, drawn."""
