@NullMarked
package dev.entrepot.connectors.sqs;

import org.jspecify.annotations.NullMarked;
