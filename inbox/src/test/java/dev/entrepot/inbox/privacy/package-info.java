@NullMarked
package dev.entrepot.inbox.privacy;

import org.jspecify.annotations.NullMarked;
