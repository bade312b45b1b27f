/// Supplier onboarding: a supplier's file of products in, a clean catalogue out.
@NullMarked
package dev.entrepot.onboarding;

import org.jspecify.annotations.NullMarked;
