package dev.entrepot.flow.mapping;

import dev.entrepot.spi.record.Fields;

/// How a record of a source becomes an item of a destination. A pure function: the same record
/// always becomes the same item. Safe for use by many threads; never fails, what is wrong with a
/// record is said in [MappedRecord#problems].
@FunctionalInterface
public interface RecordMapping {
  MappedRecord map(Fields source);
}
