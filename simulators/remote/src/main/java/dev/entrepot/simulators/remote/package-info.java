/// What simulated systems share: limits, faults by script, a page to look into them.
@NullMarked
package dev.entrepot.simulators.remote;

import org.jspecify.annotations.NullMarked;
