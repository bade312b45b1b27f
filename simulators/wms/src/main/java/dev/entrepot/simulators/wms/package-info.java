/// The warehouse system, with limits and faults.
@NullMarked
package dev.entrepot.simulators.wms;

import org.jspecify.annotations.NullMarked;
