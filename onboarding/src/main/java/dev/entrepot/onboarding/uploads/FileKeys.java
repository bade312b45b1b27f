package dev.entrepot.onboarding.uploads;

import dev.entrepot.onboarding.mapping.Field;
import dev.entrepot.onboarding.mapping.MappedRow;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The keys of one file, in the order of its rows: which row brought a key first. Not safe for use
/// by many threads.
final class FileKeys implements AutoCloseable {
  private final SeenKeys skus;
  private final SeenKeys vendorProductIds;
  private final SeenKeys names;

  FileKeys(Path spillFolder, long mostBytesInMemory) {
    skus = new SeenKeys(spillFolder, mostBytesInMemory);
    vendorProductIds = new SeenKeys(spillFolder, mostBytesInMemory);
    names = new SeenKeys(spillFolder, mostBytesInMemory);
  }

  /// The lines of the earlier rows that share a key with a row; 0 where there is none.
  record Earlier(int sku, int vendorProductId, int likeness) {
    static final Earlier NONE = new Earlier(0, 0, 0);
  }

  /// Enters a row's keys. Rows must come in order, each once.
  ///
  /// @param line the line of the row, which people are told
  Earlier enter(MappedRow row, int line) {
    int sku = enter(skus, row.value(Field.SKU), line);
    int id = enter(vendorProductIds, row.value(Field.VENDOR_PRODUCT_ID), line);
    int likeness = enter(names, likeness(row), line);
    return sku == 0 && id == 0 && likeness == 0 ? Earlier.NONE : new Earlier(sku, id, likeness);
  }

  private static int enter(SeenKeys keys, @Nullable String key, int number) {
    return key == null ? 0 : keys.putIfAbsent(key, number);
  }

  private static @Nullable String likeness(MappedRow row) {
    String name = row.value(Field.PRODUCT_NAME);
    String brand = row.value(Field.BRAND);
    return name == null || brand == null
        ? null
        : name.toLowerCase(Locale.ROOT) + '\n' + brand.toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    skus.close();
    vendorProductIds.close();
    names.close();
  }
}
