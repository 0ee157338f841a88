"""Look at places: ask their sites gently, compare what they show, and drop it again."""
