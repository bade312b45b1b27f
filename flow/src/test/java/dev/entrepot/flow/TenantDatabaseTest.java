package dev.entrepot.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.storage.Database;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import dev.entrepot.storage.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantDatabaseTest {
  private final Database database = TestDatabase.fresh();
  private final TenantDatabase tenants = new TenantDatabase(database);

  @AfterEach
  void close() {
    database.close();
  }

  private int insert(String as, String tenant) {
    return tenants.write(
        as,
        connection ->
            Sql.of("insert into flow_budget (account, tenant) values (?, ?)")
                .with(tenant + "/kong", tenant)
                .update(connection));
  }

  private static final Sql ALL = Sql.of("select account from flow_budget order by account");

  @Test
  void statementsSeeAndChangeTheTenantsRowsAlone() {
    assertThat(insert("acme", "acme") + insert("beta", "beta")).isEqualTo(2);
    assertThat(accounts("acme")).containsExactly("acme/kong");
    assertThat(accounts("beta")).containsExactly("beta/kong");
    assertThat(accounts("nobody")).isEmpty();
    assertThat(
            tenants.<Integer>write(
                "acme", connection -> Sql.of("delete from flow_budget").update(connection)))
        .isEqualTo(1);
    List<String> left =
        database.read(connection -> ALL.list(connection, row -> row.text("account")));
    assertThat(left).containsExactly("beta/kong");
    assertThatThrownBy(() -> insert("acme", "beta2")).isInstanceOf(StorageException.class);
  }

  private List<String> accounts(String tenant) {
    return tenants.read(tenant, connection -> ALL.list(connection, row -> row.text("account")));
  }

  @Test
  void everyTableOfFlowsIsGuarded() {
    List<String> open =
        database.read(connection ->
            Sql.of(
                    """
                    select relname from pg_class t
                    join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant'
                    where relkind = 'r' and relname like 'flow\\_%'
                      and not (relrowsecurity and relforcerowsecurity)
                    """)
                .list(connection, row -> row.text("relname")));
    assertThat(open).isEmpty();
  }

  @Test
  void aPartOfATransactionLeavesTheRoleBehind() {
    List<String> seen =
        database.write(connection -> {
          List<String> own =
              tenants.within(
                  connection,
                  "acme",
                  tenant ->
                      Sql.of("select current_user::text as name")
                          .list(tenant, row -> row.text("name")));
          List<String> after =
              Sql.of("select current_user::text as name").list(connection, row -> row.text("name"));
          return List.of(own.getFirst(), after.getFirst());
        });
    assertThat(seen.getFirst()).isEqualTo("entrepot_tenant");
    assertThat(seen.getLast()).isNotEqualTo("entrepot_tenant");
    assertThatThrownBy(() ->
            tenants.write("acme", connection -> Sql.of("delete from lease").update(connection)))
        .isInstanceOf(StorageException.class);
  }
}
