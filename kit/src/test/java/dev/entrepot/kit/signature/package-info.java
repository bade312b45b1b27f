@NullMarked
package dev.entrepot.kit.signature;

import org.jspecify.annotations.NullMarked;
