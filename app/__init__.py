"""What does the person see and do?  The Qt editor; of the core it knows `inpainting_core.api` alone."""
