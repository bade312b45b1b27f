@NullMarked
package dev.entrepot.connectors.wms;

import org.jspecify.annotations.NullMarked;
