/// Clients (tenants): what they are configured to do, their secrets, and how they come in.
@NullMarked
package dev.entrepot.flow.clients;

import org.jspecify.annotations.NullMarked;
