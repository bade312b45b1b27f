/// Commands about uploads.
@NullMarked
package dev.entrepot.cli.uploads;

import org.jspecify.annotations.NullMarked;
