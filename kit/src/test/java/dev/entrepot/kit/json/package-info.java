@NullMarked
package dev.entrepot.kit.json;

import org.jspecify.annotations.NullMarked;
