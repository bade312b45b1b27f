/// What a sender of events is to the inbox: how its deliveries are verified, what identifies them,
/// and what they say. Implementations know their sender and nothing of the inbox.
@NullMarked
package dev.entrepot.spi.event;

import org.jspecify.annotations.NullMarked;
