"""The person's own names: what may be searched for, and how it was shown that it is theirs."""
