"""Which network does each paper build?"""
