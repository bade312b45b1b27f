/// What an operator can set: each setting described once, read from flags, environment and a file.
@NullMarked
package dev.entrepot.app.settings;

import org.jspecify.annotations.NullMarked;
