/// The sync that Entrepot is compared with, as a Spring Batch job of two steps.
@NullMarked
package dev.entrepot.bench.springbatch.sync;

import org.jspecify.annotations.NullMarked;
