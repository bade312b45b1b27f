package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.KongBodies;
import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.SyncWorld;
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
  private final SyncWorld world;
  private final HttpCalls calls;
  private final KongBodies bodies;
  private final DataSource dataSource;

  TagWriter(SyncWorld world, HttpCalls calls, KongBodies bodies, DataSource dataSource) {
    this.world = world;
    this.calls = calls;
    this.bodies = bodies;
    this.dataSource = dataSource;
  }

  @Override
  public void write(Chunk<? extends TagItem> chunk) throws Exception {
    List<TagItem> tags = List.copyOf(chunk.getItems());
    byte[] answer = calls.post(world, "/rfid/tags", bodies.tags(tags));
    Map<String, String> rejections =
        bodies.rejections(tags.stream().map(TagItem::key).toList(), answer);
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      SentStore.tagged(connection, tags, rejections);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
