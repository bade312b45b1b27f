package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.Item;
import dev.entrepot.bench.syncparts.Outcome;
import dev.entrepot.bench.syncparts.SentStore;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;

/// Sends what changed of a chunk in one call, and keeps what was sent and what became of every
/// record, in the chunk's transaction.
final class KongWriter implements ItemWriter<Item> {
  private final KongAccount kong;
  private final DataSource dataSource;
  private final long run;

  KongWriter(KongAccount kong, DataSource dataSource, long run) {
    this.kong = kong;
    this.dataSource = dataSource;
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends Item> chunk) throws Exception {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      List<Outcome> outcomes = new ArrayList<>();
      List<Item> changed = SentStore.changed(connection, List.copyOf(chunk.getItems()), outcomes);
      if (!changed.isEmpty()) {
        Map<String, String> rejections = kong.products(changed);
        SentStore.settle(connection, changed, rejections, outcomes);
      }
      SentStore.keep(connection, run, outcomes);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
