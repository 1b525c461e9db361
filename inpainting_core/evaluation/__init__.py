"""How good is it?  Engines, photographs and holes, compared with the figures that papers print.

Every figure is of the composite: outside the hole a fill is the photograph itself. Engines work in
processes of their own, so that one that crashes costs one case and its memory is its own.
"""
