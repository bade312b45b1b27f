@NullMarked
package dev.entrepot.simulators.siesa;

import org.jspecify.annotations.NullMarked;
