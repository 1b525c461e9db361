"""What do hostile and broken files do?"""
