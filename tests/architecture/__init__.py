"""Is the house built as it was drawn?"""
