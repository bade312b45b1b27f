/// From a supplier's columns to ours: mappings, their suggestion and their application.
@NullMarked
package dev.entrepot.onboarding.mapping;

import org.jspecify.annotations.NullMarked;
