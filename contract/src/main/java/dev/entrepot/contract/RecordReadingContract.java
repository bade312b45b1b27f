package dev.entrepot.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import dev.entrepot.spi.source.SourcePage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every source of records must keep to in how it is read, wherever its records lie. One that
/// calls another system keeps to [RecordSourceContract] besides.
public abstract class RecordReadingContract extends RemoteContract {
  private static final int MOST_PAGES = 50;

  private @Nullable ReadingHarness running;
  private @Nullable RecordSource opened;

  protected abstract RecordSourceFactory factory();

  /// A system of its own for a test.
  protected abstract ReadingHarness start();

  @BeforeEach
  final void begin() {
    renew();
    running = start();
  }

  @AfterEach
  final void end() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
    harness().close();
  }

  ReadingHarness harness() {
    return Objects.requireNonNull(running);
  }

  final Map<String, String> values() {
    return filled(factory().settings(), harness().settings());
  }

  final RecordSource open(Map<String, String> settings, Fields credentials) {
    if (opened != null) {
      opened.close();
    }
    opened = factory().open(settings, credentials, context());
    return opened;
  }

  final RecordSource open() {
    return open(values(), harness().credentials());
  }

  final List<String> keys(SourcePage page) {
    return page.records().stream().map(harness()::key).toList();
  }

  /// All pages from here on.
  final List<SourcePage> rest(RecordSource source, Extract extract, @Nullable String after)
      throws InterruptedException {
    List<SourcePage> pages = new ArrayList<>();
    String next = after;
    do {
      SourcePage page = source.read(extract, next);
      assertThat(page.records().size()).isLessThanOrEqualTo(extract.pageSize());
      pages.add(page);
      next = page.next();
      assertThat(pages).as("the pages come to an end").hasSizeLessThan(MOST_PAGES);
    } while (next != null);
    return pages;
  }

  final List<String> allKeys(List<SourcePage> pages) {
    return pages.stream().flatMap(page -> keys(page).stream()).toList();
  }

  @Test
  void pagesAreReadToTheEnd() throws InterruptedException {
    harness().fill(25);
    List<SourcePage> pages = rest(open(), new Extract(null, 10), null);
    assertThat(allKeys(pages)).hasSize(25).doesNotHaveDuplicates();
    assertThat(pages)
        .allSatisfy(page -> {
          assertThat(page.total()).isIn(null, 25L);
          assertThat(page.ghosts()).isZero();
        });
  }

  @Test
  void anEmptySourceHasOneEmptyPage() throws InterruptedException {
    SourcePage page = open().read(new Extract(null, 10), null);
    assertThat(page.records()).isEmpty();
    assertThat(page.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 20})
  void aLastPageThatIsFullIsTheLast(int count) throws InterruptedException {
    harness().fill(count);
    assertThat(allKeys(rest(open(), new Extract(null, 10), null)))
        .hasSize(count)
        .doesNotHaveDuplicates();
  }

  @Test
  void pagesAreNoLargerThanTheSourceGives() throws InterruptedException {
    RecordSource source = open();
    harness().fill(source.largestPage() + 1);
    List<SourcePage> pages = rest(source, new Extract(null, source.largestPage() * 10), null);
    assertThat(pages.getFirst().records()).hasSizeLessThanOrEqualTo(source.largestPage());
    assertThat(allKeys(pages)).hasSize(source.largestPage() + 1).doesNotHaveDuplicates();
  }

  @Test
  void anotherNodeGoesOnBehindACheckpoint() throws InterruptedException {
    harness().fill(25);
    Extract extract = new Extract(null, 10);
    SourcePage first = open().read(extract, null);
    List<SourcePage> rest = rest(open(), extract, first.next());
    List<SourcePage> again = rest(open(), extract, first.next());
    assertThat(again).isEqualTo(rest);
    List<String> all = new ArrayList<>(keys(first));
    all.addAll(allKeys(rest));
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void nothingThatWasThereAllTheTimeIsLeftOut() throws InterruptedException {
    harness().fill(40);
    Extract extract = new Extract(null, 10);
    Set<String> before = new LinkedHashSet<>(allKeys(rest(open(), extract, null)));
    RecordSource source = open();
    Set<String> read = new LinkedHashSet<>();
    String next = null;
    int changes = 0;
    do {
      SourcePage page = source.read(extract, next);
      read.addAll(keys(page));
      next = page.next();
      if (changes < 12) {
        harness().change(changes);
        harness().change(39 - changes);
        harness().fill(2);
        changes++;
      }
    } while (next != null);
    assertThat(read).containsAll(before);
  }

  @Test
  void nothingIsLeftOutWhenTheSourceShrinks() throws InterruptedException {
    harness().fill(40);
    Extract extract = new Extract(null, 10);
    Set<String> before = new LinkedHashSet<>(allKeys(rest(open(), extract, null)));
    RecordSource source = open();
    SourcePage first = source.read(extract, null);
    Set<String> read = new LinkedHashSet<>(keys(first));
    for (int i = 0; i < 3; i++) {
      Optional<String> removed = harness().remove(i);
      Assumptions.assumeTrue(removed.isPresent(), "the system never loses a record");
      before.remove(removed.get());
    }
    read.addAll(allKeys(rest(source, extract, first.next())));
    assertThat(read).containsAll(before);
  }

  @Test
  void modifiedSinceIsInclusive() throws InterruptedException {
    harness().fill(10);
    List<String> all = allKeys(rest(open(), new Extract(null, 100), null));
    Instant changed = harness().change(4);
    assertThat(allKeys(rest(open(), new Extract(changed, 100), null))).contains(all.get(4));
    Assumptions.assumeTrue(harness().knowsChanges(), "the system gives everything");
    Instant later = changed.plus(Duration.ofDays(1));
    assertThat(allKeys(rest(open(), new Extract(later, 100), null))).isEmpty();
    assertThat(allKeys(rest(open(), new Extract(Instant.EPOCH, 100), null))).isEqualTo(all);
  }

  @Test
  void rowsThatHoldNothingAreCountedAndLeftOut() throws InterruptedException {
    harness().fill(12);
    Assumptions.assumeTrue(harness().ghosts(11), "the system has no such rows");
    List<SourcePage> pages = rest(open(), new Extract(null, 10), null);
    assertThat(pages.stream().mapToInt(SourcePage::ghosts).sum()).isEqualTo(11);
    assertThat(allKeys(pages)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void closingTwiceIsFine() {
    RecordSource source = open();
    source.close();
    source.close();
  }
}
