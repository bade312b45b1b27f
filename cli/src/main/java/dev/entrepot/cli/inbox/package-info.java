/// Commands about the inbox: events, dead letters, replays, connections and their secrets.
@NullMarked
package dev.entrepot.cli.inbox;

import org.jspecify.annotations.NullMarked;
