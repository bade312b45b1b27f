package dev.entrepot.flow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.runs.Backlog.Work;
import dev.entrepot.spi.destination.Step;
import dev.entrepot.spi.destination.Write;
import dev.entrepot.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What waits is always called for in the end.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BacklogTest {
  private static final List<Step> STEPS =
      List.of(
          new Step("products", "Products", 10, Optional::of),
          new Step("tags", "Tags", 5, Optional::of));

  private final Backlog backlog = new Backlog(STEPS, 4, true);

  /// An item that goes through steps, in their order.
  private static Item item(int record, String key, Integer... steps) {
    return item(record, key, false, steps);
  }

  private static Item item(int record, String key, boolean deleting, Integer... steps) {
    Write.Kind kind = deleting ? Write.Kind.DELETE : Write.Kind.UPDATE;
    Write write = new Write(kind, key, Fields.EMPTY, Set.of());
    return new Item(record, key, deleting, Fields.EMPTY, "", todo(write, steps));
  }

  private static List<Todo> todo(Write write, Integer... steps) {
    return List.of(steps).stream().map(step -> new Todo(step, write, "")).toList();
  }

  /// Has everything written that a call has.
  private void accept(Call call) {
    backlog.finished(call, new CallAnswer.NotSent());
    call.items().forEach(backlog::accepted);
  }

  private static List<String> keys(Call call) {
    return call.items().stream().map(Item::key).toList();
  }

  private Work work() throws InterruptedException {
    return backlog.await(100);
  }

  /// Goes on until nothing is left; what is to be compared has the first step to do.
  ///
  /// @return the steps and keys of all calls
  private List<String> rest() throws InterruptedException {
    List<String> calls = new ArrayList<>();
    for (Work work = work(); !work.isEmpty(); work = work()) {
      for (Item item : work.unsure()) {
        backlog.compared(item, List.copyOf(item(0, item.key(), 0).todo()));
      }
      for (Call call : work.calls()) {
        calls.add(call.step() + ":" + String.join(",", keys(call)));
        accept(call);
      }
    }
    return calls;
  }

  @Test
  void whatComesAgainKeepsTheEarlierOneFromNothing() throws Exception {
    backlog.add(IntStream.range(0, 10).mapToObj(i -> item(i, "k" + i, 0, 1)).toList());
    Call products = work().calls().getFirst();
    Item again = item(10, "k0", 0, 1);
    backlog.add(List.of(again));
    backlog.complete();
    assertThat(backlog.withdraw(again)).as("what is known of its key may change").isFalse();
    // All but the one that came again are through with the tags, which is fewer than a full call.
    accept(products);
    assertThat(rest()).containsExactly("1:k0,k1,k2,k3,k4", "1:k5,k6,k7,k8,k9", "0:k0");
  }

  @Test
  void fewThatCameAgainAreWrittenAtTheEnd() throws Exception {
    backlog.add(List.of(item(1, "a", 0, 1), item(2, "a", 0, 1), item(3, "a", 0)));
    backlog.complete();
    assertThat(rest()).containsExactly("0:a", "1:a", "0:a", "0:a");
  }

  @Test
  void whatGoesAndWhatComesDoNotWaitForEachOther() throws Exception {
    backlog.add(List.of(item(1, "gone", true, 1, 0), item(2, "new", 0, 1)));
    backlog.complete();
    assertThat(rest()).containsExactly("1:gone", "0:new,gone", "1:new");
  }

  @Test
  void onlyWhatNothingWasDoneWithIsTakenOut() throws Exception {
    Item untouched = item(1, "a", 0);
    backlog.add(List.of(untouched, item(2, "b", 0, 1)));
    assertThat(backlog.withdraw(untouched)).isTrue();
    backlog.complete();
    Call products = work().calls().getFirst();
    Item moved = products.items().getFirst();
    assertThat(backlog.withdraw(moved)).isFalse();
    accept(products);
    assertThat(backlog.withdraw(moved)).as("its product is written").isFalse();
    assertThat(rest()).containsExactly("1:b");
  }
}
