"""Which layers do the papers add?"""
