@NullMarked
package dev.entrepot.onboarding.tabular;

import org.jspecify.annotations.NullMarked;
