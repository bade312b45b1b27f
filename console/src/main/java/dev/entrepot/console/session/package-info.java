/// Sessions of people signed in with a browser.
@NullMarked
package dev.entrepot.console.session;

import org.jspecify.annotations.NullMarked;
