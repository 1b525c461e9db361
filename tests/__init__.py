"""Does everything keep its promises?"""

import inpainting_core  # noqa: F401  before torch: how its threads wait is decided there
