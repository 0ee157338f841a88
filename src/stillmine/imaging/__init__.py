"""Pictures are decoded here, in a limited child process, and nowhere else."""
