/// What the console's templates are given: plain values for the frame and its components.
///
/// Nothing here knows a database, a request or a module behind the console. A page handler turns
/// what it found into these values, [dev.entrepot.console.view.Templates] turns them into HTML, and
/// [dev.entrepot.console.view.Assets] holds the stylesheet and scripts they need.
@NullMarked
package dev.entrepot.console.view;

import org.jspecify.annotations.NullMarked;
