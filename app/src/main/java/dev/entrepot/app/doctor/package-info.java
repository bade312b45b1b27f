/// Says what keeps Entrepot from running here, and what to do about it.
@NullMarked
package dev.entrepot.app.doctor;

import org.jspecify.annotations.NullMarked;
