package dev.entrepot.bench.springbatch;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row after the rules, ready to be written.
sealed interface Checked {
  /// Fills a statement.
  void set(PreparedStatement statement, UUID batch) throws SQLException;

  /// A product.
  record Good(
      long record,
      String vendorProductId,
      String sku,
      String name,
      String slug,
      String category,
      @Nullable String subcategory,
      @Nullable String description,
      @Nullable String brand,
      BigDecimal price,
      @Nullable BigDecimal compareAtPrice,
      int stock,
      @Nullable BigDecimal weight,
      @Nullable String imageUrl)
      implements Checked {
    @Override
    public void set(PreparedStatement statement, UUID batch) throws SQLException {
      statement.setString(1, vendorProductId);
      statement.setString(2, sku);
      statement.setString(3, name);
      statement.setString(4, slug);
      statement.setString(5, category);
      statement.setString(6, subcategory);
      statement.setString(7, description);
      statement.setString(8, brand);
      statement.setBigDecimal(9, price);
      statement.setBigDecimal(10, compareAtPrice);
      statement.setInt(11, stock);
      statement.setBigDecimal(12, weight);
      statement.setString(13, imageUrl);
      statement.setObject(14, batch);
      statement.setLong(15, record);
    }
  }

  /// A rejected row.
  record Bad(
      long record,
      @Nullable String key,
      @Nullable String secondKey,
      String code,
      String reason,
      String problems,
      List<String> payload)
      implements Checked {
    @Override
    public void set(PreparedStatement statement, UUID batch) throws SQLException {
      statement.setObject(1, batch);
      statement.setLong(2, record);
      statement.setLong(3, record + 1);
      statement.setString(4, key);
      statement.setString(5, secondKey);
      statement.setString(6, code);
      statement.setString(7, reason);
      statement.setString(8, problems);
      statement.setArray(9, statement.getConnection().createArrayOf("text", payload.toArray()));
    }
  }
}
