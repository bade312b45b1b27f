package dev.entrepot.connectors.shopify;

import dev.entrepot.contract.SignedSourceContract;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EventSourceFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ShopifyContractTest extends SignedSourceContract {

  @Override
  protected EventSourceFactory factory() {
    return new ShopifyFactory();
  }

  @Override
  protected Delivery delivery(byte[] body, int event, String secret, Instant at) {
    return Deliveries.signed("orders/create", body, event, secret);
  }

  @Override
  protected List<String> signedHeaders() {
    return List.of("X-Shopify-Hmac-Sha256");
  }

  @Override
  protected Duration window() {
    return Duration.ZERO;
  }
}
