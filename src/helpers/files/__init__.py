"""Files on disk: how one is written and opened, which are never written over, how a folder is replaced."""
