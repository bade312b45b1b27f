@NullMarked
package dev.entrepot.simulators.wms;

import org.jspecify.annotations.NullMarked;
