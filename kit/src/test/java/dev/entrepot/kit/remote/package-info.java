@NullMarked
package dev.entrepot.kit.remote;

import org.jspecify.annotations.NullMarked;
