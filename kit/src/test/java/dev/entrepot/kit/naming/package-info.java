@NullMarked
package dev.entrepot.kit.naming;

import org.jspecify.annotations.NullMarked;
