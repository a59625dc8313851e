"""The stages, one module each; what a module imports is what its results depend on, so this file
imports nothing."""
