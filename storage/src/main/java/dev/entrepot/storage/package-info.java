/// PostgreSQL, embedded or given: transactions, statements, bulk loading, migrations, leases.
@NullMarked
package dev.entrepot.storage;

import org.jspecify.annotations.NullMarked;
