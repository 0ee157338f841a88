"""Read what strangers made, streamed and bounded: folders, archives, web captures, saved pages."""
