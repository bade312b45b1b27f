/// Commands about the books: audit and trace.
@NullMarked
package dev.entrepot.cli.books;

import org.jspecify.annotations.NullMarked;
