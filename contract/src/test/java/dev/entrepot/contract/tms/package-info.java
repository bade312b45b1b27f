/// A connector for a transport system of our invention: what one of one's own takes.
@NullMarked
package dev.entrepot.contract.tms;

import org.jspecify.annotations.NullMarked;
