@NullMarked
package dev.entrepot.onboarding.reports;

import org.jspecify.annotations.NullMarked;
