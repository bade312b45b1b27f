package dev.entrepot.connectors.sqs;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.EventFeed;
import dev.entrepot.spi.feed.EventFeedFactory;
import dev.entrepot.spi.feed.SecretReader;
import java.util.List;
import java.util.Map;

/// The feed `sqs`: queues of Amazon SQS. FIFO queues keep the order within their message groups;
/// the others keep none.
public final class SqsFeedFactory implements EventFeedFactory {

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public List<SettingField> settings() {
    return QueueSettings.FIELDS;
  }

  @Override
  public void check(Map<String, String> values) {
    QueueSettings _ = QueueSettings.of(values);
  }

  @Override
  public EventFeed open(Map<String, String> values, SecretReader secrets) {
    return SqsFeed.open(QueueSettings.of(values), secrets);
  }
}
