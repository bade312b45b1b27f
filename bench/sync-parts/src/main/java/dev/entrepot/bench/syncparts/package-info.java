/// What people write by hand when a framework carries a sync from Siesa to Kong: the mapping, the
/// bodies of calls, what was sent, outcomes. The syncs that Entrepot is compared with share it.
@NullMarked
package dev.entrepot.bench.syncparts;

import org.jspecify.annotations.NullMarked;
