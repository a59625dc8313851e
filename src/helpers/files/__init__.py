"""Files: what is ours is read, and what we make is written, in one way each."""
