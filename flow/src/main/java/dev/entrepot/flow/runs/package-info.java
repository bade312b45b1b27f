/// A run: extract, compare, plan, load, settle, resume.
@NullMarked
package dev.entrepot.flow.runs;

import org.jspecify.annotations.NullMarked;
