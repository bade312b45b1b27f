@NullMarked
package dev.entrepot.simulators.recharge;

import org.jspecify.annotations.NullMarked;
