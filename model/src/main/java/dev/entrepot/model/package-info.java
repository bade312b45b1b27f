/// The canonical commerce model: plain values that every other part shares.
@NullMarked
package dev.entrepot.model;

import org.jspecify.annotations.NullMarked;
