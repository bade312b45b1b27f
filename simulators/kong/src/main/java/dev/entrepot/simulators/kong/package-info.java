/// The RFID back end, with limits and faults.
@NullMarked
package dev.entrepot.simulators.kong;

import org.jspecify.annotations.NullMarked;
