package dev.entrepot.onboarding.uploads;

import dev.entrepot.model.Outcome;
import dev.entrepot.onboarding.catalogue.Product;
import dev.entrepot.onboarding.catalogue.ProductChange.FieldChange;
import dev.entrepot.onboarding.rules.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was decided for one row.
sealed interface Verdict {
  /// The position in the file, from 1.
  long number();

  long line();

  /// What the books say of it.
  Outcome outcome();

  record Create(long number, long line, Candidate candidate) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.WRITTEN;
    }
  }

  record Update(
      long number, long line, Candidate candidate, Product known, List<FieldChange> changes)
      implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.WRITTEN;
    }
  }

  record Unchanged(long number, long line, long productId) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.UNCHANGED;
    }
  }

  /// Good, but an operator must approve it.
  ///
  /// @param product the one that this row made before, which it may change whatever the policy says
  record Propose(
      long number, long line, Candidate candidate, @Nullable Long product, List<String> payload)
      implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.PENDING;
    }
  }

  record Skip(long number, long line, String reason) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.SKIPPED;
    }
  }

  record Reject(
      long number,
      long line,
      @Nullable String vendorProductId,
      @Nullable String sku,
      List<Problem> problems,
      List<String> payload,
      boolean readable)
      implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.REJECTED;
    }
  }
}
