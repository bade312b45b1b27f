/// Commands about people and API keys.
@NullMarked
package dev.entrepot.cli.accounts;

import org.jspecify.annotations.NullMarked;
