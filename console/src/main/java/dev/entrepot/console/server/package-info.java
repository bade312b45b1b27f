/// The HTTP server: routes, requests, answers, problems, static files, and the limits that keep it
/// up.
@NullMarked
package dev.entrepot.console.server;

import org.jspecify.annotations.NullMarked;
