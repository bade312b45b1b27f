/// Commands about vendors.
@NullMarked
package dev.entrepot.cli.vendors;

import org.jspecify.annotations.NullMarked;
