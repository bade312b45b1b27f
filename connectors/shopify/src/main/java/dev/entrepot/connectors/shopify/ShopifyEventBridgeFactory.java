package dev.entrepot.connectors.shopify;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.feed.FedSourceFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Connections of kind `shopify-eventbridge`: webhooks by Amazon EventBridge, read from a queue.
public final class ShopifyEventBridgeFactory implements FedSourceFactory {

  @Override
  public String feed() {
    return "sqs";
  }

  @Override
  public String kind() {
    return "shopify-eventbridge";
  }

  @Override
  public String title() {
    return "Shopify by EventBridge";
  }

  @Override
  public String secretHint() {
    return "";
  }

  @Override
  public List<SettingField> settings() {
    return List.of();
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new ShopifyEventBridgeSource();
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    String metadata =
        new TreeMap<>(Sample.headers(number, now))
            .entrySet().stream()
                .map(header -> "\"" + header.getKey() + "\":\"" + header.getValue() + "\"")
                .collect(Collectors.joining(","));
    return new Delivery(
        Headers.NONE,
        Body.of(
            """
            {"version":"0","id":"sample-%d","detail-type":"shopifyWebhook",\
            "source":"aws.partner/shopify.com/1/sample","time":"%s",\
            "detail":{"metadata":{%s},"payload":%s}}\
            """
                .formatted(number, now, metadata, Sample.order(number, now))));
  }
}
