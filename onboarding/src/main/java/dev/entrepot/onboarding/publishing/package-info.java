/// The catalogue as a source of records: flows publish what suppliers brought.
@NullMarked
package dev.entrepot.onboarding.publishing;

import org.jspecify.annotations.NullMarked;
