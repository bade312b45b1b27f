/// What all pages share: the frame, messages, forms that are shown again, words.
@NullMarked
package dev.entrepot.console.pages.shell;

import org.jspecify.annotations.NullMarked;
