package dev.entrepot.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.model.Page;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Property
  void textsComeBack(@ForAll long number) {
    assertThat(Cursor.parse(new Cursor(Long.toString(number)).text()).orElseThrow().int8())
        .isEqualTo(number);
  }

  @Test
  void aPageEndsWithTheCursorOfItsLastItem() {
    Page<String> page = Cursor.page(List.of("a", "bé", "c"), 2, item -> item);
    assertThat(page.items()).containsExactly("a", "bé");
    assertThat(Cursor.parse(page.next())).contains(new Cursor("bé"));
    assertThat(Cursor.page(List.of("a", "b"), 2, item -> item).next()).isNull();
    assertThat(Cursor.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a", "_w", "é"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatExceptionOfType(OnboardingException.class)
        .isThrownBy(() -> Cursor.parse(text).orElseThrow().int8())
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("cursor"));
  }

  @Test
  void keysOfAnotherKindAreRefused() {
    UUID id = UUID.randomUUID();
    Cursor cursor = new Cursor(id.toString());
    assertThat(cursor.uuid()).isEqualTo(id);
    assertThatExceptionOfType(OnboardingException.class).isThrownBy(cursor::int8);
    assertThatExceptionOfType(OnboardingException.class).isThrownBy(() -> new Cursor("7").uuid());
  }
}
