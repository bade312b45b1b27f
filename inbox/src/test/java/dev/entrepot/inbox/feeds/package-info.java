@NullMarked
package dev.entrepot.inbox.feeds;

import org.jspecify.annotations.NullMarked;
