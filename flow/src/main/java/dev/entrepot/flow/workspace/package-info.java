/// Configuration as a folder of files: checked, compared with what is configured, applied, written.
@NullMarked
package dev.entrepot.flow.workspace;

import org.jspecify.annotations.NullMarked;
