"""What the system's timer starts: does what is due, and ends. It shows nothing and asks nobody."""
