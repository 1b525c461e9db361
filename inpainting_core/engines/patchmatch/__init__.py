"""How does PatchMatch fill a hole?  Scales, search, votes, the copy, and the seam."""
