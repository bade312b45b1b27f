/// How long a start takes and how much memory an idle program holds.
@NullMarked
package dev.entrepot.bench.start;

import org.jspecify.annotations.NullMarked;
