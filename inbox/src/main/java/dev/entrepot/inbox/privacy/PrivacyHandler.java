package dev.entrepot.inbox.privacy;

import dev.entrepot.inbox.handling.DueEvent;
import dev.entrepot.inbox.handling.EventHandler;
import dev.entrepot.inbox.handling.Handled;
import dev.entrepot.spi.event.PrivacyRequest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/// Records the requests that events tell of, each once. [PrivacyOffice] carries them out
/// afterwards: that may take long, and other events must not wait for it. Safe for use by many
/// threads.
public final class PrivacyHandler implements EventHandler {

  @Override
  public String name() {
    return "privacy";
  }

  @Override
  public boolean wants(String kind, String topic) {
    return true;
  }

  @Override
  public List<Handled> handle(Connection transaction, List<DueEvent> events) {
    List<Handled> handled = new ArrayList<>(events.size());
    for (DueEvent event : events) {
      handled.add(handle(transaction, event));
    }
    return handled;
  }

  private static Handled handle(Connection transaction, DueEvent event) {
    List<PrivacyRequest> requests = event.facts().privacy();
    if (requests.isEmpty()) {
      return new Handled.NotWanted();
    }
    int recorded = 0;
    for (int number = 0; number < requests.size(); number++) {
      recorded += CaseRows.record(transaction, event, number, requests.get(number));
    }
    return recorded == 0
        ? new Handled.Unchanged("the request is recorded already")
        : new Handled.Written(recorded == 1 ? "request recorded" : recorded + " requests recorded");
  }
}
