/// Uploads: intake, processing, progress, approval, mending.
@NullMarked
package dev.entrepot.onboarding.uploads;

import org.jspecify.annotations.NullMarked;
