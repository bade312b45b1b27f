package dev.entrepot.flow.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.flow.config.ConfigProblems;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class SiesaClientsTest {

  @Property(tries = 200)
  void readsAnyTextOrSaysWhyNot(@ForAll @StringLength(max = 60) String text) {
    var problems = new ConfigProblems();
    List<SiesaClients.Found> found = SiesaClients.read(text, problems);

    assertThat(problems.refuses() || !found.isEmpty()).isTrue();
    assertThat(found).allMatch(one -> !one.problems().isEmpty());
  }
}
