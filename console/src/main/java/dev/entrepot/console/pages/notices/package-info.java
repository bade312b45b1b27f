/// Mail and webhooks that were or will be sent.
@NullMarked
package dev.entrepot.console.pages.notices;

import org.jspecify.annotations.NullMarked;
