"""What every feature shares: actions, jobs, storage, network, settings, home."""
