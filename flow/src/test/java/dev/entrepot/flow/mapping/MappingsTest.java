package dev.entrepot.flow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.config.FlowConfigException.Code;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MappingsTest {
  private static final Actor ANNA = new Actor(Actor.Kind.USER, "anna@example.com");

  private final Database database = TestDatabase.fresh();
  private final ActivityLog activities = new ActivityLog(database);
  private final Mappings mappings =
      new Mappings(database, activities, Clock.systemUTC(), _ -> KongFields.KNOWN);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsAMappingAsItIsGivenWithItsRevisions() {
    StoredMapping first = mappings.create(ANNA, "kong/standard", tree(KongFields.GIVEN));
    assertThat(first.revision()).isEqualTo(1);
    assertThat(ConfigTree.json(first.tree()))
        .isEqualTo(ConfigTree.json(tree(KongFields.GIVEN).value()));
    assertThat(first.document()).isEqualTo(KongFields.read(KongFields.GIVEN, new ConfigProblems()));

    String changed = KongFields.GIVEN.replace("\"1.0\"", "\"1.1\"");
    assertThat(mappings.update(ANNA, "kong/standard", tree(changed), 1).revision()).isEqualTo(2);
    assertThat(mappings.update(ANNA, "kong/standard", tree(changed), 2).revision()).isEqualTo(2);
    assertThatThrownBy(() -> mappings.update(ANNA, "kong/standard", tree(changed), 1))
        .isInstanceOfSatisfying(
            FlowConfigException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
    mappings.remove(ANNA, "kong/standard", 2);

    assertThat(mappings.all()).isEmpty();
    assertThat(mappings.revisions("kong/standard"))
        .extracting(MappingRevision::revision, revision -> revision.tree() == null)
        .containsExactly(tuple(3L, true), tuple(2L, false), tuple(1L, false));
    assertThat(mappings.create(ANNA, "kong/standard", tree(changed)).revision()).isEqualTo(4);
    assertThat(actions())
        .containsExactly("mapping.create", "mapping.remove", "mapping.update", "mapping.create");
  }

  @Test
  void keepsNothingThatCannotBeUsed() {
    ConfigTree wrong = tree(KongFields.GIVEN.replace("barcode", "barcodes"));

    assertThatThrownBy(() -> mappings.create(ANNA, "wrong", wrong))
        .isInstanceOfSatisfying(
            FlowConfigException.class, e -> assertThat(e.problems()).isNotEmpty())
        .hasMessageContaining("perhaps barcode");
    assertThatThrownBy(() -> mappings.create(ANNA, "../wrong", tree(KongFields.GIVEN)))
        .hasMessageContaining("cannot be the name of a mapping");
    assertThatThrownBy(() -> mappings.compile(wrong)).hasMessageContaining("barcodes");
    assertThatThrownBy(() -> mappings.require("wrong")).hasMessageContaining("\"wrong\"");
    assertThat(mappings.productTypes()).isEmpty();
  }

  @Test
  void namesAreKeysOfFilesWithoutFolderAndEnding() {
    assertThat(List.of("mappings/kong.json", "kong.yaml", "kong", "/mappings/kong.yml"))
        .extracting(MappingName::of)
        .containsOnly("kong");
    assertThat(MappingName.of("s3/kong/field_mappings.json")).isEqualTo("s3/kong/field_mappings");
  }

  private List<String> actions() {
    return activities.list("mapping/", null, null, 10).items().stream()
        .map(ActivityLog.Activity::action)
        .toList();
  }

  private static ConfigTree tree(String text) {
    return ConfigTree.read(text, new ConfigProblems());
  }
}
