"""``python -m helpers.samples``: write ``data/samples/``, its manifest and ``data/catalogue/`` anew."""

from helpers.samples.region import write

if __name__ == "__main__":
    print(write())
