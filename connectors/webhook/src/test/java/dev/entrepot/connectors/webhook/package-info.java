@NullMarked
package dev.entrepot.connectors.webhook;

import org.jspecify.annotations.NullMarked;
