"""What is wrong about a result?  Functions of tensors; each says which paper and equation it is."""
