package dev.entrepot.contract.tms;

import dev.entrepot.contract.RecordSourceContract;
import dev.entrepot.contract.SourceHarness;
import dev.entrepot.spi.source.RecordSourceFactory;

class TmsSourceContractTest extends RecordSourceContract {
  @Override
  protected RecordSourceFactory factory() {
    return new TmsSourceFactory();
  }

  @Override
  protected SourceHarness start() {
    return new TmsHarness(new TmsServer());
  }
}
