/// How records of a source become items of a destination.
@NullMarked
package dev.entrepot.flow.mapping;

import org.jspecify.annotations.NullMarked;
