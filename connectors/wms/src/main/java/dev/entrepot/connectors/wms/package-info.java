/// Writes items and locations to a WMS.
@NullMarked
package dev.entrepot.connectors.wms;

import org.jspecify.annotations.NullMarked;
