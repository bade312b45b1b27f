/// The append-only log of events: kept durably, once, in the order of arrival, read without gaps,
/// dropped slice by slice.
@NullMarked
package dev.entrepot.inbox.log;

import org.jspecify.annotations.NullMarked;
