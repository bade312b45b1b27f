@NullMarked
package dev.entrepot.inbox.connections;

import org.jspecify.annotations.NullMarked;
