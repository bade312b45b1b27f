@NullMarked
package dev.entrepot.inbox.delivery;

import org.jspecify.annotations.NullMarked;
