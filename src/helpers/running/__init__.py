"""Running: puts the verbs in order for one candidate and for all, keeps what they said, and
survives what breaks."""
