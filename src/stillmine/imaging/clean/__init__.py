"""Say what a file tells besides the picture, and rewrite it from what showing it needs."""
