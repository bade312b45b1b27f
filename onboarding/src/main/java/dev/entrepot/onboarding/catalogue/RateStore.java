package dev.entrepot.onboarding.catalogue;

import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.OnboardingException.Code;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Row;
import dev.entrepot.storage.Sql;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/// The exchange rates in the table `exchange_rate`.
final class RateStore {
  private static final BigDecimal HIGHEST = new BigDecimal("1e12");
  private static final int MOST_DECIMALS = 15;

  private static final Sql LIST = Sql.of("select * from exchange_rate order by source, target");

  private static final Sql SET =
      Sql.of(
          """
          insert into exchange_rate (source, target, rate, updated_at) values (?, ?, ?, ?)
          on conflict (source, target)
            do update set rate = excluded.rate, updated_at = excluded.updated_at
          """);

  private static final Sql REMOVE =
      Sql.of("delete from exchange_rate where source = ? and target = ? returning *");

  private final Database database;
  private final ActivityLog activities;
  private final Clock clock;

  RateStore(Database database, ActivityLog activities, Clock clock) {
    this.database = database;
    this.activities = activities;
    this.clock = clock;
  }

  List<Catalogue.Rate> list() {
    return database.read(connection -> LIST.list(connection, RateStore::read));
  }

  void set(Actor actor, String source, String target, BigDecimal rate) {
    checkCurrency("source", source);
    checkCurrency("target", target);
    if (source.equals(target)) {
      throw new OnboardingException(
          Code.INVALID,
          "target",
          "a rate leads from one currency to another, not from "
              + source
              + " to itself; choose another target");
    }
    if (rate.signum() <= 0 || rate.scale() > MOST_DECIMALS || rate.compareTo(HIGHEST) > 0) {
      throw new OnboardingException(
          Code.INVALID,
          "rate",
          "the rate "
              + rate
              + " from "
              + source
              + " to "
              + target
              + " does not fit; give a number above 0, up to "
              + HIGHEST.toPlainString()
              + ", with at most "
              + MOST_DECIMALS
              + " decimals: how many "
              + target
              + " one "
              + source
              + " buys");
    }
    database.write(transaction -> {
      SET.with(source, target, rate, clock.instant()).updateOne(transaction);
      activities.record(
          transaction,
          actor,
          "rate.set",
          subject(source, target),
          Map.of("rate", rate.toPlainString()));
      return rate;
    });
  }

  void remove(Actor actor, String source, String target) {
    database.write(transaction -> {
      Catalogue.Rate removed =
          REMOVE
              .with(source, target)
              .first(transaction, RateStore::read)
              .orElseThrow(() ->
                  new OnboardingException(
                      Code.NOT_FOUND,
                      "there is no rate from "
                          + source
                          + " to "
                          + target
                          + "; look at the list of rates"));
      activities.record(
          transaction,
          actor,
          "rate.remove",
          subject(source, target),
          Map.of("rate", removed.rate().toPlainString()));
      return removed;
    });
  }

  /// @throws OnboardingException INVALID when prices are in no such currency
  static void checkCurrency(String field, String code) {
    try {
      if (Currency.getInstance(code).getDefaultFractionDigits() >= 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as the others.
    }
    throw new OnboardingException(
        Code.INVALID,
        field,
        "\"" + code + "\" is not a currency that prices are in; give a code like EUR or USD");
  }

  private static String subject(String source, String target) {
    return "rate/" + source + "-" + target;
  }

  private static Catalogue.Rate read(Row row) {
    return new Catalogue.Rate(
        row.text("source"), row.text("target"), row.numeric("rate"), row.instant("updated_at"));
  }
}
