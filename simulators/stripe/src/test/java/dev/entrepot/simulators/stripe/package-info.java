@NullMarked
package dev.entrepot.simulators.stripe;

import org.jspecify.annotations.NullMarked;
