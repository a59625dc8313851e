"""``python -m helpers``: the same as ``datakollen``."""

from helpers.cli import main

if __name__ == "__main__":
    main()
