"""Files: how what is ours is read, how a file is written, what is never written over, how a folder
is replaced."""
