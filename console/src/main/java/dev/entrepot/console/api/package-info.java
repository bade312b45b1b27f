/// The HTTP API under `/api/v1`, described in `openapi.yaml`.
@NullMarked
package dev.entrepot.console.api;

import org.jspecify.annotations.NullMarked;
