/// How the program logs.
@NullMarked
package dev.entrepot.app.logging;

import org.jspecify.annotations.NullMarked;
