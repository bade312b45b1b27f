package dev.entrepot.connectors.siesa;

import dev.entrepot.contract.RecordSourceContract;
import dev.entrepot.contract.SourceHarness;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.Map;

class SiesaStandardQueryContractTest extends RecordSourceContract {
  @Override
  protected RecordSourceFactory factory() {
    return new SiesaFactory();
  }

  @Override
  protected SourceHarness start() {
    return SiesaHarness.start(Map.of("dialect", "standard-query"));
  }
}
