package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.TagItem;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;

/// Sends the tags of a chunk in one call, and keeps that they were sent, in its transaction.
final class TagWriter implements ItemWriter<TagItem> {
  private final KongAccount kong;
  private final DataSource dataSource;

  TagWriter(KongAccount kong, DataSource dataSource) {
    this.kong = kong;
    this.dataSource = dataSource;
  }

  @Override
  public void write(Chunk<? extends TagItem> chunk) throws Exception {
    List<TagItem> tags = List.copyOf(chunk.getItems());
    Map<String, String> rejections = kong.tags(tags);
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      SentStore.tagged(connection, tags, rejections);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
