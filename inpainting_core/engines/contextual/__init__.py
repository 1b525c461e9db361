"""How does a network fill a hole of any size, and which pixels of the photograph does it stand for?"""
