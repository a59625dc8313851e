"""What people open of a package: the form to paste from, and what to do, step by step."""
