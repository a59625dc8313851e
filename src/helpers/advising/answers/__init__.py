"""What a dataset can answer: the questions that people ask of its type, and what its rows say to
each."""
