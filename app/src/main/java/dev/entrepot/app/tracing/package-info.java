/// Traces of runs for OpenTelemetry.
@NullMarked
package dev.entrepot.app.tracing;

import org.jspecify.annotations.NullMarked;
