package dev.entrepot.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.console.server.Router.Match;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Handler NOTHING = _ -> Answer.done();
  private static final Route ROOT = get("/", "root");
  private static final Route ANY = get("/a/{id}", "any");
  private static final Route NAMED = get("/a/b", "named");
  private static final Route DEEP = get("/a/{id}/c", "deep");

  private static Route get(String path, String operation) {
    return Route.get(path, operation, Access.open(), NOTHING);
  }

  private final Router router = new Router(List.of(ANY, NAMED, DEEP, ROOT));

  @Test
  void literalSegmentsWin() {
    assertThat(router.find("GET", "/a/b")).isEqualTo(new Match.Found(NAMED, Map.of()));
    assertThat(router.find("GET", "/a/x")).isEqualTo(new Match.Found(ANY, Map.of("id", "x")));
    assertThat(router.find("GET", "/a/b/c")).isEqualTo(new Match.Found(DEEP, Map.of("id", "b")));
    assertThat(router.find("GET", "/")).isEqualTo(new Match.Found(ROOT, Map.of()));
  }

  @Test
  void encodedSlashesStayInTheirSegment() {
    assertThat(router.find("GET", "/a/%2F..%2Fb"))
        .isEqualTo(new Match.Found(ANY, Map.of("id", "/../b")));
    assertThat(router.find("GET", "/a//c")).isEqualTo(new Match.Found(DEEP, Map.of("id", "")));
    assertThat(router.find("GET", "/a/b/")).isEqualTo(new Match.Nothing());
  }

  @Test
  void otherMethodsAreNamed() {
    assertThat(router.find("DELETE", "/a/b")).isEqualTo(new Match.OtherMethods(Set.of(Method.GET)));
    assertThat(router.find("GET", "/b")).isEqualTo(new Match.Nothing());
    assertThatThrownBy(() -> router.find("GET", "/a/%zz"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> new Router(List.of(ANY, get("/a/{name}", "other"))))
        .hasMessageContaining("/a/{name}");
    assertThatThrownBy(() -> new Router(List.of(ANY, get("/b", "any"))))
        .hasMessageContaining("any");
    assertThatThrownBy(() -> get("/a/", "slash")).hasMessageContaining("/a/");
  }
}
