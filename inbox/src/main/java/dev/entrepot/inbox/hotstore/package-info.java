/// The hot store: the latest state of the senders' entities, for as long as it is of use. States
/// may arrive in any order; what is kept at the end is the same.
@NullMarked
package dev.entrepot.inbox.hotstore;

import org.jspecify.annotations.NullMarked;
