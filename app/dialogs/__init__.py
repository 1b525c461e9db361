"""What must be asked or shown before anything else goes on?"""
