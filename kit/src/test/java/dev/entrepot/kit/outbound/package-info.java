@NullMarked
package dev.entrepot.kit.outbound;

import org.jspecify.annotations.NullMarked;
