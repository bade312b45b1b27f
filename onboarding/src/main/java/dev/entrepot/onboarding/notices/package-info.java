/// Telling suppliers and other systems what became of a file: mail and webhooks.
@NullMarked
package dev.entrepot.onboarding.notices;

import org.jspecify.annotations.NullMarked;
