@NullMarked
package dev.entrepot.simulators.kong;

import org.jspecify.annotations.NullMarked;
