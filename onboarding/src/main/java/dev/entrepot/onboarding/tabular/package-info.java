/// Product files as a stream of rows: CSV in its many forms, gzip of it, and XLSX.
///
/// [dev.entrepot.onboarding.tabular.TabularFile#inspect] looks at a file and says how it is laid
/// out; [dev.entrepot.onboarding.tabular.TabularFile#open] reads it from the start. Memory is
/// bounded by [dev.entrepot.onboarding.tabular.Limits], whatever the file holds.
@NullMarked
package dev.entrepot.onboarding.tabular;

import org.jspecify.annotations.NullMarked;
