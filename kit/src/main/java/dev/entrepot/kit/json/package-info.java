/// JSON of senders: read strictly, numbers kept exactly, faults told with line and column.
@NullMarked
package dev.entrepot.kit.json;

import org.jspecify.annotations.NullMarked;
