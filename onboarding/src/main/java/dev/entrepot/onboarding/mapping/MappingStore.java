package dev.entrepot.onboarding.mapping;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Json;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import dev.entrepot.storage.StorageException;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The mappings in the table `mapping`. Safe for use by many threads.
public final class MappingStore implements Mappings {
  private static final Actor SUGGESTIONS = Actor.system("suggested-mapping");
  private static final int LONGEST_NAME = 100;

  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended('mapping ' || ? || ' ' || ?, 0))");
  private static final Sql INSERT =
      Sql.of(
          """
          insert into mapping (id, vendor, name, layout, revision, definition, created_by)
          select ?, ?, ?, ?, coalesce(max(revision), 0) + 1, ?, ?
          from mapping where vendor = ? and layout = ?
          returning *
          """);
  private static final Sql NEWEST =
      Sql.of(
          """
          select * from mapping where vendor = ? and layout = ? order by revision desc limit 1
          """);
  private static final Sql IN_FORCE =
      Sql.of(
          """
          select * from (
            select distinct on (vendor, layout) * from mapping
            where ?::text is null or vendor = ?
            order by vendor, layout, revision desc) newest
          order by created_at desc, id desc
          """);
  private static final Sql REVISIONS =
      Sql.of(
          """
          select * from mapping where layout = ? and (?::text is null or vendor = ?)
          order by created_at desc, id desc
          """);
  private static final Sql FIND = Sql.of("select * from mapping where id = ?");

  private final Database database;
  private final ActivityLog activities;

  public MappingStore(Database database, ActivityLog activities) {
    this.database = database;
    this.activities = activities;
  }

  @Override
  public String layoutOf(List<String> header) {
    return LayoutFingerprint.of(header);
  }

  @Override
  public Optional<Stored> remembered(String vendor, List<String> header) {
    return database.read(connection ->
        NEWEST.with(vendor, layoutOf(header)).first(connection, MappingStore::stored));
  }

  @Override
  public Suggestion suggest(String vendor, List<String> header, List<List<String>> sample) {
    return remembered(vendor, header)
        .map(stored ->
            new Suggestion(
                stored.mapping(),
                "remembered",
                MappingPlan.compile(stored.mapping(), header).missingRequired(),
                List.of(),
                List.of(),
                Ground.KEPT))
        .orElseGet(() -> Suggester.suggest(header, sample));
  }

  @Override
  public Stored save(Actor actor, String vendor, List<String> header, Mapping mapping) {
    if (mapping.name().isBlank() || mapping.name().length() > LONGEST_NAME) {
      throw new OnboardingException(
          Code.INVALID,
          "name",
          "the mapping needs a name of at most %d characters".formatted(LONGEST_NAME));
    }
    List<Field> missing = MappingPlan.compile(mapping, header).missingRequired();
    if (!missing.isEmpty()) {
      throw new OnboardingException(
          Code.INVALID,
          "fields",
          "the mapping leaves %s without a column: choose one, or a fallback"
              .formatted(String.join(", ", missing.stream().map(Field::column).toList())));
    }
    try {
      return insert(actor, vendor, layoutOf(header), mapping);
    } catch (StorageException e) {
      if (e.constraint().filter("mapping_vendor_fkey"::equals).isPresent()) {
        throw new OnboardingException(Code.NOT_FOUND, "vendor", "there is no vendor " + vendor);
      }
      throw e;
    }
  }

  @Override
  public Optional<UUID> remember(
      Connection transaction, String vendor, List<String> header, Mapping mapping) {
    String layout = layoutOf(header);
    lock(transaction, vendor, layout);
    return NEWEST.with(vendor, layout).first(transaction, MappingStore::stored).isPresent()
        ? Optional.empty()
        : Optional.of(insert(transaction, SUGGESTIONS, vendor, layout, mapping).id());
  }

  private Stored insert(Actor actor, String vendor, String layout, Mapping mapping) {
    return database.write(transaction -> {
      lock(transaction, vendor, layout);
      return insert(transaction, actor, vendor, layout, mapping);
    });
  }

  /// Writers of one layout take turns, so that revisions count up without holes.
  private static void lock(Connection transaction, String vendor, String layout) {
    Optional<String> locked = LOCK.with(vendor, layout).first(transaction, row -> "");
    assert locked.isPresent();
  }

  private Stored insert(
      Connection transaction, Actor actor, String vendor, String layout, Mapping mapping) {
    Stored stored =
        INSERT
            .with(
                SortableId.next(),
                vendor,
                mapping.name(),
                layout,
                new Json(toJson(mapping)),
                actor.reference(),
                vendor,
                layout)
            .one(transaction, MappingStore::stored);
    activities.record(
        transaction,
        actor,
        "mapping.save",
        "mapping/" + stored.id(),
        Map.of(
            "vendor",
            vendor,
            "name",
            mapping.name(),
            "layout",
            layout,
            "revision",
            stored.revision()));
    return stored;
  }

  @Override
  public List<Stored> list(@Nullable String vendor, @Nullable String layout) {
    Sql sql =
        layout == null ? IN_FORCE.with(vendor, vendor) : REVISIONS.with(layout, vendor, vendor);
    return database.read(connection -> sql.list(connection, MappingStore::stored));
  }

  @Override
  public Optional<Stored> find(UUID id) {
    return database.read(connection -> FIND.with(id).first(connection, MappingStore::stored));
  }

  @Override
  public String toJson(Mapping mapping) {
    return MappingJson.writeStorable(mapping);
  }

  @Override
  public Mapping fromJson(String json) {
    return MappingJson.read(json);
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.uuid("id"),
        row.text("vendor"),
        row.text("layout"),
        row.int4("revision"),
        MappingJson.read(row.json("definition")),
        row.text("created_by"),
        row.instant("created_at"));
  }
}
