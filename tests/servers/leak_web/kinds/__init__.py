"""One kind of site a file."""
