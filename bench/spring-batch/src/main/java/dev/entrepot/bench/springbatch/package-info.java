/// The job that Entrepot is compared with: a Spring Batch reader, processor and writer.
@NullMarked
package dev.entrepot.bench.springbatch;

import org.jspecify.annotations.NullMarked;
