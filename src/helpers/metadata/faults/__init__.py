"""What is commonly wrong in catalogues: one module each, its first sentence its truth."""
