@NullMarked
package dev.entrepot.connectors.kong;

import org.jspecify.annotations.NullMarked;
