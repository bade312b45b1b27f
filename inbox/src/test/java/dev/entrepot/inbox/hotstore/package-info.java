@NullMarked
package dev.entrepot.inbox.hotstore;

import org.jspecify.annotations.NullMarked;
