@NullMarked
package dev.entrepot.simulators.remote;

import org.jspecify.annotations.NullMarked;
