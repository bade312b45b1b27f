/// The ERP, in both dialects, with limits and faults.
@NullMarked
package dev.entrepot.simulators.siesa;

import org.jspecify.annotations.NullMarked;
