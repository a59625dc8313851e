"""Files on disk: how one is written, which ones are never written over, how a whole folder is replaced, how one is opened."""
