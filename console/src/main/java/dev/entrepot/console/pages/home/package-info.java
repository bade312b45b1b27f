/// The first page after signing in: the operator's overview, the supplier's portal.
@NullMarked
package dev.entrepot.console.pages.home;

import org.jspecify.annotations.NullMarked;
