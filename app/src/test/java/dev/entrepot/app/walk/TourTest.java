package dev.entrepot.app.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A look at every page for every role.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TourTest extends Walk {
  @Test
  void everyPageOfTheAdministratorIsFitToBeSeenAndRead() {
    look(DemoHub.ADMIN, Tour.administrator(hub()), Look.taken());
  }

  @Test
  void everyPageOfTheSyncIsFitToBeSeenAndRead() {
    look(DemoHub.ADMIN, Tour.sync(hub()), Look.taken());
  }

  @Test
  void everyPageOfTheSupplierIsFitToBeSeenAndRead() {
    look(DemoHub.SUPPLIER, Tour.supplier(hub()), Look.taken());
  }

  @Test
  void everyPageOfTheOperatorIsFitToBeRead() {
    look(DemoHub.OPERATOR, Tour.operator(hub()), List.of());
  }

  @Test
  void everyPageOfTheViewerIsFitToBeRead() {
    look(DemoHub.VIEWER, Tour.viewer(hub()), List.of());
  }

  /// Opens every page and looks at it; axe reads it once, and its colours and sizes in light on a
  /// desk and in dark on a phone.
  ///
  /// @param looks that are kept as screenshots
  private void look(String email, List<Tour.Stop> stops, List<Look> looks) {
    List<String> faults = new ArrayList<>();
    try (Window window = window(email)) {
      for (Tour.Stop stop : stops) {
        int status = window.open(stop.path());
        if (status != 200) {
          faults.add("%s answers %d to %s".formatted(stop.path(), status, email));
        }
        faults.addAll(window.faults());
        for (Look look : looks) {
          window.as(look);
          window.screenshot(SCREENSHOTS.resolve(look.file(email, stop.name())));
          if (window.tooWide()) {
            faults.add("%s is too wide: %s".formatted(stop.path(), look));
          }
          if (look.examined()) {
            faults.addAll(window.faultsOfLook());
          }
        }
      }
      faults.addAll(window.complaints());
    }
    assertThat(faults).isEmpty();
  }
}
