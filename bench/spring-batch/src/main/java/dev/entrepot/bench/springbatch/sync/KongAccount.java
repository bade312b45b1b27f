package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.Item;
import dev.entrepot.bench.syncparts.KongBodies;
import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.bench.syncparts.TagItem;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The bulk calls of one account.
record KongAccount(SyncWorld world, HttpCalls calls, KongBodies bodies, String account) {
  /// @return why products were rejected, by key
  Map<String, String> products(List<Item> items) throws IOException, InterruptedException {
    byte[] answer = calls.post(world, account, "/products/bulk", bodies.products(items));
    return bodies.rejections(items.stream().map(Item::key).toList(), answer);
  }

  /// @return why tags were rejected, by the product's key
  Map<String, String> tags(List<TagItem> tags) throws IOException, InterruptedException {
    byte[] answer = calls.post(world, account, "/rfid/tags", bodies.tags(tags));
    return bodies.rejections(tags.stream().map(TagItem::key).toList(), answer);
  }
}
