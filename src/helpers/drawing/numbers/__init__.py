"""The numbers of maps: the only part of drawing that asks a table; what the gate marked stays in
here."""
