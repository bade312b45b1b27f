package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {

  private static final Path DATA = Path.of("/data");

  @Test
  void isEmbeddedWithoutAUrl() {
    DatabaseConfig expected = new DatabaseConfig.Embedded(Path.of("/data/postgres"), 10);
    assertThat(DatabaseConfig.parse(null, DATA)).isEqualTo(expected);
    assertThat(DatabaseConfig.parse(" ", DATA)).isEqualTo(expected);
    assertThat(expected.withPoolSize(3).poolSize()).isEqualTo(3);
  }

  @Test
  void readsUrlsOfLibpq() {
    assertGiven("postgres://u:p@h:5433/db", "jdbc:postgresql://h:5433/db", "u", "p");
    assertGiven("postgresql://h/db", "jdbc:postgresql://h/db", null, null);
    assertGiven("postgres:///db", "jdbc:postgresql://localhost/db", null, null);
    assertGiven("postgres://u@h1:1,h2:2", "jdbc:postgresql://h1:1,h2:2/", "u", null);
    assertGiven(
        "postgres://a%40b:p%2F%3A%40+%25@h/db?sslmode=require&application_name=x%20y",
        "jdbc:postgresql://h/db?sslmode=require&ApplicationName=x+y", "a@b", "p/:@+%");
  }

  @Test
  void readsUrlsOfJdbc() {
    assertGiven("jdbc:postgresql://h/db", "jdbc:postgresql://h/db", null, null);
    assertGiven(
        "jdbc:postgresql://h/db?user=u&password=s%26ecret&sslmode=require",
        "jdbc:postgresql://h/db?sslmode=require", "u", "s&ecret");
  }

  @Test
  void refusesOtherUrlsWithoutRepeatingThem() {
    for (String url :
        new String[] {
          "mysql://u:secret@h/db",
          "postgres://u:sec@ret@h/db",
          "jdbc:postgresql://u:secret@h/db",
          "h"
        }) {
      assertThatThrownBy(() -> DatabaseConfig.parse(url, DATA))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("percent-encode")
          .hasMessageNotContaining("sec");
    }
  }

  @Test
  void keepsThePasswordToItself() {
    assertThat(DatabaseConfig.parse("postgres://u:secret@h/db", DATA).toString())
        .contains("h/db")
        .doesNotContain("secret");
  }

  @Test
  void saysWhatToDoWhenNobodyListens() throws IOException {
    // Bound, so that nobody else has the port, and not listened at.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String address = "127.0.0.1:" + held.getLocalPort();
      StorageException thrown =
          Thrown.by(() -> Database.open(DatabaseConfig.parse("postgres://" + address, DATA)));
      assertThat(thrown.code()).isEqualTo(StorageException.Code.UNAVAILABLE);
      assertThat(thrown)
          .hasMessageContaining(address)
          .hasMessageContaining("check that it runs there");
    }
  }

  @Test
  void saysWhatToDoWhenTheServerRefuses() {
    DatabaseConfig.Given given = TestDatabase.emptyConfig();
    StorageException password =
        Thrown.by(() ->
            Database.open(new DatabaseConfig.Given(given.jdbcUrl(), given.user(), "wrong-one", 1)));
    assertThat(password.code()).isEqualTo(StorageException.Code.UNAVAILABLE);
    assertThat(password)
        .hasMessageContaining("check user \"entrepot\" and its password")
        .hasMessageNotContaining("wrong-one");
    StorageException absent =
        Thrown.by(() ->
            Database.open(
                new DatabaseConfig.Given(
                    given.jdbcUrl() + "_absent", given.user(), given.password(), 1)));
    assertThat(absent).hasMessageContaining("create the database");
  }

  private static void assertGiven(
      String url, String jdbcUrl, @Nullable String user, @Nullable String password) {
    assertThat(DatabaseConfig.parse(url, DATA))
        .isEqualTo(new DatabaseConfig.Given(jdbcUrl, user, password, 10));
  }
}
