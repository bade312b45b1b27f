package dev.entrepot.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 18, 200})
  void isAsAMapOfTheSameValues(int count) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Fields.Builder builder = Fields.builder(3);
    for (int i = 0; i < count; i++) {
      Object value = i % 3 == 0 ? null : (Object) (long) i;
      values.put("field" + i, value);
      builder.put("field" + i, value);
    }
    Fields built = builder.build();
    assertThat(built).isEqualTo(new Fields(values)).hasSameHashCodeAs(new Fields(values));
    assertThat(built.values()).isEqualTo(values).hasSameHashCodeAs(values);
    assertThat(new ArrayList<>(built.values().keySet())).isEqualTo(List.copyOf(values.keySet()));
    values.forEach((name, value) -> {
      assertThat(built.values()).containsKey(name);
      assertThat(built.value(name)).isEqualTo(value);
    });
    assertThat(built.values()).doesNotContainKey("field" + count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void anotherValueTakesThePlaceOfTheFirst(int others) {
    Fields.Builder builder = Fields.builder(0).put("name", "one");
    for (int i = 0; i < others; i++) {
      builder.put("other" + i, true);
    }
    Fields fields = builder.put("name", "two").putIfAbsent("name", "three").build();
    assertThat(fields.value("name")).isEqualTo("two");
    assertThat(fields.values().keySet().iterator().next()).isEqualTo("name");
    assertThat(fields.values()).hasSize(others + 1);
    assertThat(fields.with("name", null).values()).hasSize(others + 1).containsEntry("name", null);
  }

  @Test
  void aNullIsThereAndIsNoValue() {
    Fields fields = Fields.builder(1).put("price", null).putIfAbsent("price", 1L).build();
    assertThat(fields.values()).containsKey("price");
    assertThat(fields.has("price")).isFalse();
    assertThat(fields.blank()).isTrue();
  }

  @Test
  void whatItWasMadeOfChangesNothingLater() {
    List<@Nullable Object> tags = new ArrayList<>();
    tags.add("a");
    tags.add(null);
    Map<String, @Nullable Object> inner = new LinkedHashMap<>(Map.of("amount", BigDecimal.ONE));
    Fields fields = Fields.builder(2).put("tags", tags).put("price", inner).build();
    tags.add("b");
    inner.clear();
    assertThat(fields.value("tags")).asInstanceOf(LIST).containsExactly("a", null);
    assertThat(fields.fields("price").orElseThrow().value("amount")).isEqualTo(BigDecimal.ONE);
  }

  @Test
  void refusesWhatFieldsCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fields.builder(1).put("count", 1))
        .withMessageContaining("java.lang.Integer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fields(Map.of("list", List.of(1.5))))
        .withMessageContaining("java.lang.Double");
  }
}
