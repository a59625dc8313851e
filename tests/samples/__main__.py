"""``python -m tests.samples``: write ``data/samples/``, its manifest and ``data/catalogue/``
anew."""

from .region import write

if __name__ == "__main__":
    print(write())
