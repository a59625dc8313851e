"""The synthetic sample region: a made-up Blekinge from a seeded generator, plainly marked, with declared faults."""
