package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.SyncWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.database.AbstractPagingItemReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pages through Siesa until a page is not full. The framework keeps in its repository how far it
/// is, and goes on there when the job is restarted.
final class SiesaReader extends AbstractPagingItemReader<SiesaReader.SiesaRow> {
  /// A row and its place in the run.
  record SiesaRow(long record, JsonNode fields) {}

  private final SyncWorld world;
  private final HttpCalls calls;
  private final JsonMapper json;
  private final String account;
  private int lastPage = Integer.MAX_VALUE;

  SiesaReader(SyncWorld world, HttpCalls calls, JsonMapper json, String account) {
    this.world = world;
    this.calls = calls;
    this.json = json;
    this.account = account;
    setName("siesa");
    setPageSize(SyncWorld.PAGE);
  }

  @Override
  protected void doReadPage() {
    List<SiesaRow> page = new ArrayList<>();
    if (getPage() < lastPage) {
      JsonNode answer = read(getPage() + 1);
      long record = (long) getPage() * SyncWorld.PAGE;
      for (JsonNode row : answer.path("data")) {
        page.add(new SiesaRow(record++, row));
      }
      if (record >= answer.path("total").asLong(Long.MAX_VALUE) || page.size() < SyncWorld.PAGE) {
        lastPage = getPage() + 1;
      }
    }
    results = page;
  }

  private JsonNode read(int page) {
    try {
      return json.readTree(calls.page(world, account, page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while reading page " + page, e);
    }
  }
}
