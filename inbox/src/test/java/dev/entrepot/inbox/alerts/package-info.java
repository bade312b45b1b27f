@NullMarked
package dev.entrepot.inbox.alerts;

import org.jspecify.annotations.NullMarked;
