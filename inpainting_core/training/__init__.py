"""How are networks learned?

`run` is the process, `loop` what it does step by step; `config` says what is asked for and `events` what it
answers. `config`, `events` and `presets` know no torch.
"""
