/// The web pages: what a person sees and does with a browser.
///
/// Each page's package turns what the modules' faces tell into the values of
/// [dev.entrepot.console.view] and gives its routes. [dev.entrepot.console.pages.Pages] puts them
/// together.
@NullMarked
package dev.entrepot.console.pages;

import org.jspecify.annotations.NullMarked;
