package dev.entrepot.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldTest {
  @Test
  void insistsOnAChoiceOnlyWhereAnEmptyOneMeansNothing() {
    Option all = new Option("", "Every vendor");
    Option one = new Option("NORDIC", "Nordic");
    assertThat(Field.select("vendor", "For", List.of(all, one)).mandatory().insists()).isFalse();
    assertThat(Field.select("vendor", "For", List.of(one)).mandatory().insists()).isTrue();
    assertThat(Field.select("vendor", "For", List.of(one)).insists()).isFalse();
  }
}
