/// The sync that Entrepot is compared with, as an Apache Camel route.
@NullMarked
package dev.entrepot.bench.camel;

import org.jspecify.annotations.NullMarked;
