package dev.entrepot.contract.tms;

import dev.entrepot.contract.DestinationHarness;
import dev.entrepot.contract.Disruption;
import dev.entrepot.contract.SourceHarness;
import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The TMS for both contracts.
record TmsHarness(TmsServer tms) implements SourceHarness, DestinationHarness {
  @Override
  public Fields credentials() {
    return new Fields(Map.of("url", tms.address(), "key", TmsServer.KEY));
  }

  @Override
  public Fields item(int number, int version) {
    return new Fields(
        Map.of("id", "S" + number, "city", "Cali " + version, "parcels", (long) version));
  }

  @Override
  public Fields badItem(int number) {
    return item(number, 1).with("city", "");
  }

  @Override
  public String key(Fields record) {
    return record.text("id").orElseThrow();
  }

  @Override
  public void fill(int count) {
    int first = tms.all().size() * 1_000;
    for (int i = 0; i < count; i++) {
      tms.put(item(first + i, 1), Instant.now());
    }
  }

  @Override
  public Instant change(int number) {
    Instant now = Instant.now();
    Fields shipment = tms.all().get(number).fields();
    tms.put(shipment.with("city", shipment.text("city").orElse("") + "!"), now);
    return now;
  }

  @Override
  public Optional<String> remove(int number) {
    String key = key(tms.all().get(number).fields());
    tms.remove(key);
    return Optional.of(key);
  }

  @Override
  public void arm(Disruption disruption) {
    tms.disrupt(disruption);
  }

  @Override
  public void disarm() {
    tms.disrupt(null);
  }

  @Override
  public long calls() {
    return tms.calls();
  }

  @Override
  public long effects() {
    return tms.effects();
  }

  @Override
  public void close() {
    tms.close();
  }
}
