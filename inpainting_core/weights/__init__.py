"""Where do learned parameters come from?

`shelf` finds, lists and verifies weight files without torch; `tensors` reads and writes what they hold.
"""
