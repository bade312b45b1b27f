@NullMarked
package dev.entrepot.connectors.recharge;

import org.jspecify.annotations.NullMarked;
