package dev.entrepot.contract.tms;

import dev.entrepot.contract.DestinationHarness;
import dev.entrepot.contract.RecordDestinationContract;
import dev.entrepot.spi.destination.RecordDestinationFactory;

class TmsDestinationContractTest extends RecordDestinationContract {
  @Override
  protected RecordDestinationFactory factory() {
    return new TmsDestinationFactory();
  }

  @Override
  protected DestinationHarness start() {
    return new TmsHarness(new TmsServer());
  }
}
