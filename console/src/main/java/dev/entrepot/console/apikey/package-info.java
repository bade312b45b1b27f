/// Keys with which programs use the API.
@NullMarked
package dev.entrepot.console.apikey;

import org.jspecify.annotations.NullMarked;
