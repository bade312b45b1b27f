package dev.entrepot.connectors.siesa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.connectors.siesa.SiesaDialect.Rows;
import dev.entrepot.spi.record.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Products are taken away, added and changed between any two pages: what was there all the time is
/// read, or it is said that it cannot be.
class ChangingSourceTest {
  private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
  private static final int MOST_PAGES = 2_000;

  /// The products of a Siesa, by code, with how often each was changed.
  private static final class World {
    final LinkedHashMap<Integer, Integer> products = new LinkedHashMap<>();
    final Set<Integer> original = new HashSet<>();
    int next;

    World(int count) {
      for (int i = 0; i < count; i++) {
        add();
      }
      original.addAll(products.keySet());
    }

    void add() {
      products.put(next++, 0);
    }

    /// One of those that were there at the beginning goes.
    void remove(int which) {
      List<Integer> left = products.keySet().stream().filter(original::contains).toList();
      if (!left.isEmpty()) {
        products.remove(left.get(which % left.size()));
      }
    }

    void change(int which) {
      List<Integer> left = List.copyOf(products.keySet());
      if (!left.isEmpty()) {
        products.merge(left.get(which % left.size()), 1, Integer::sum);
      }
    }

    void happen(int what) {
      int which = what / 4;
      switch (what % 4) {
        case 0 -> remove(which);
        case 1 -> add();
        case 2 -> change(which);
        default -> {
          remove(which);
          add();
        }
      }
    }

    Rows read(PageToken token, boolean counts) {
      List<Fields> all = new ArrayList<>();
      products.forEach((code, changes) -> {
        boolean old = changes == 0 && original.contains(code);
        Instant at = old ? BEGUN.minusSeconds(86_400) : BEGUN.plusSeconds(1);
        all.add(
            new Fields(
                Map.of(
                    "f_codigo",
                    code.toString(),
                    "changes",
                    (long) changes,
                    SiesaFactory.CHANGED,
                    at.toString())));
      });
      int from = Math.min(all.size(), (token.page() - 1) * token.size());
      int to = Math.min(all.size(), from + token.size());
      return new Rows(all.subList(from, to), null, counts ? (Long) (long) all.size() : null);
    }
  }

  private static void check(int count, int size, List<Integer> happenings, boolean counts) {
    World world = new World(count);
    Set<Integer> read = new HashSet<>();
    @Nullable PageToken next = PageToken.first(size, BEGUN);
    int pages = 0;
    try {
      while (next != null) {
        PageToken token = PageToken.of(next.text());
        PageToken.Taken taken = token.take(world.read(token, counts), true);
        taken.rows().forEach(row -> read.add(Integer.valueOf(row.text("f_codigo").orElseThrow())));
        next = taken.next();
        if (pages < happenings.size()) {
          world.happen(happenings.get(pages));
        }
        pages++;
        assertThat(pages).as("it comes to an end").isLessThan(MOST_PAGES);
      }
    } catch (MisreadException e) {
      // It is said that it cannot be read now.
      assertThat(e).hasMessageContaining("quieter");
      return;
    }
    Set<Integer> stayed = new HashSet<>(world.original);
    stayed.retainAll(world.products.keySet());
    assertThat(read).containsAll(stayed);
  }

  @Property(tries = 400)
  void nothingIsLeftOutWhereTheTotalIsTold(
      @ForAll @IntRange(max = 120) int count,
      @ForAll @IntRange(min = 11, max = 40) int size,
      @ForAll @Size(max = 12) List<@IntRange(max = 4_000) Integer> happenings) {
    check(count, size, happenings, true);
  }

  @Property(tries = 400)
  void nothingIsLeftOutWhereItIsNot(
      @ForAll @IntRange(max = 120) int count,
      @ForAll @IntRange(min = 11, max = 40) int size,
      @ForAll @Size(max = 12) List<@IntRange(max = 4_000) Integer> happenings) {
    check(count, size, happenings, false);
  }

  /// One goes and one comes between the first two pages, so that the total stands still.
  @Example
  void oneThatGoesWhileAnotherComesIsNoticed() {
    check(40, 20, List.of(3), true);
    check(40, 20, List.of(3), false);
  }
}
