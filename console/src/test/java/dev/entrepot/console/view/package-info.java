@NullMarked
package dev.entrepot.console.view;

import org.jspecify.annotations.NullMarked;
