/// What connectors that call another system share: one client for each account, its credentials,
/// limits and circuit breaker, what a status means, records as JSON.
@NullMarked
package dev.entrepot.kit.remote;

import org.jspecify.annotations.NullMarked;
