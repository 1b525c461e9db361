"""What do the tests share?  Hypothesis strategies."""
