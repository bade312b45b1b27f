/// Speed, memory and crash safety, shown on the real program.
@NullMarked
package dev.entrepot.bench;

import org.jspecify.annotations.NullMarked;
