/// What is the same for all that talks over the network.
@NullMarked
package dev.entrepot.kit.network;

import org.jspecify.annotations.NullMarked;
