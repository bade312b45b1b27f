@NullMarked
package dev.entrepot.simulators.sender;

import org.jspecify.annotations.NullMarked;
