/// Ways out of the house by topics of a message service, to which others subscribe.
@NullMarked
package dev.entrepot.spi.topic;

import org.jspecify.annotations.NullMarked;
