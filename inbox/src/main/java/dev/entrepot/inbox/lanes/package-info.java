/// Who reads which lane, what becomes of each event, and what operators do about those that fail.
@NullMarked
package dev.entrepot.inbox.lanes;

import org.jspecify.annotations.NullMarked;
