/// The console in a real browser: what people do, and every page for every role.
@NullMarked
package dev.entrepot.app.walk;

import org.jspecify.annotations.NullMarked;
