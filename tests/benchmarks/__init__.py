"""How good and how fast is a fill, beside others?"""
