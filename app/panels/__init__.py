"""Which controls stand beside the picture?"""
