/// What a connector that calls another system is given, and what it throws.
@NullMarked
package dev.entrepot.spi.remote;

import org.jspecify.annotations.NullMarked;
