"""What sealing, keys, words and sums promise."""
