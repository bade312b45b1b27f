/// Suppliers: who may send files, how much, and under which policy.
@NullMarked
package dev.entrepot.onboarding.vendors;

import org.jspecify.annotations.NullMarked;
