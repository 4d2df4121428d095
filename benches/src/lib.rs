//! Nothing of its own: the measurements are in `benches/`, each a program that prints what it found.
