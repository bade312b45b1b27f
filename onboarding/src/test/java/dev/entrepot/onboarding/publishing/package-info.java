@NullMarked
package dev.entrepot.onboarding.publishing;

import org.jspecify.annotations.NullMarked;
