package dev.entrepot.bench.camel;

import java.util.concurrent.ExecutorService;
import org.apache.camel.builder.RouteBuilder;

/// Page by page: read, map, compare; what changed in calls of 100, some at the same time, each
/// settled in a transaction; then the page's tags likewise.
final class SyncRoute extends RouteBuilder {
  static final String START = "direct:sync";

  private final SyncSteps steps;
  private final ExecutorService callers;

  /// @param callers as many threads as calls may be made at the same time
  SyncRoute(SyncSteps steps, ExecutorService callers) {
    this.steps = steps;
    this.callers = callers;
  }

  @Override
  public void configure() {
    from(START)
        .loopDoWhile(exchange -> SyncSteps.page(exchange) > 0)
        .process(steps::readPage)
        .process(steps::changedOfPage)
        .split(body())
        .parallelProcessing()
        .executorService(callers)
        .stopOnException()
        .to("direct:products")
        .end()
        .process(steps::tagsOfPage)
        .split(body())
        .parallelProcessing()
        .executorService(callers)
        .stopOnException()
        .to("direct:tags")
        .end()
        .end();
    from("direct:products").process(steps::callProducts).process(steps::settleProducts);
    from("direct:tags").process(steps::callTags).process(steps::settleTags);
  }
}
