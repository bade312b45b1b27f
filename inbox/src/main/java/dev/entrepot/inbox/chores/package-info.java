/// What must be done now and then, by one node at a time: carrying out privacy requests, removing
/// what has outlived its time.
@NullMarked
package dev.entrepot.inbox.chores;

import org.jspecify.annotations.NullMarked;
