/// Product files made up from a seed, alike on every machine.
@NullMarked
package dev.entrepot.bench.file;

import org.jspecify.annotations.NullMarked;
