@NullMarked
package dev.entrepot.inbox.chores;

import org.jspecify.annotations.NullMarked;
