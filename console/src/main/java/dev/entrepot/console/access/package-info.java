/// Who may do what: roles, permissions, and the principal behind a request.
@NullMarked
package dev.entrepot.console.access;

import org.jspecify.annotations.NullMarked;
