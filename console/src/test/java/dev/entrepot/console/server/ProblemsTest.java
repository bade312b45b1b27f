package dev.entrepot.console.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void everyCodeOfOnboardingHasItsStatus() {
    for (OnboardingException.Code code : OnboardingException.Code.values()) {
      int expected =
          switch (code) {
            case NOT_FOUND -> 404;
            case INVALID -> 422;
            case CONFLICT -> 409;
            case VENDOR_REFUSED -> 403;
            case LIMIT_EXCEEDED -> 413;
            case QUOTA_EXCEEDED -> 429;
            case STORAGE_FULL -> 507;
          };
      Problem problem = Problems.of(new OnboardingException(code, "field", "why")).problem();
      assertThat(problem.status()).isEqualTo(expected);
      assertThat(problem.errors()).containsExactly(new Problem.FieldError("field", "why"));
    }
  }

  @Test
  void aQuotaSaysWhenToComeAgain() {
    ProblemException problem =
        Problems.of(OnboardingException.quota("100 files today", Duration.ofMinutes(90)));
    assertThat(problem.problem().status()).isEqualTo(429);
    assertThat(problem.problem().type()).isEqualTo("/problems/quota-exceeded");
    assertThat(problem.headers()).containsExactly(new Answer.Header("Retry-After", "5400"));
  }

  @Test
  void aDatabaseThatIsAwayIsTriedAgain() {
    ProblemException problem =
        Problems.of(new StorageException(StorageException.Code.UNAVAILABLE, "host 10.0.0.1 away"));
    assertThat(problem.problem().status()).isEqualTo(503);
    assertThat(problem.headers()).extracting(Answer.Header::name).containsExactly("Retry-After");
    assertThat(problem.problem().detail()).doesNotContain("10.0.0.1");
  }

  @Test
  void kindsHaveTheirOwnReference() {
    assertThat(new ProblemException(Kind.TOO_MANY_REQUESTS, "x").problem().type())
        .isEqualTo("/problems/too-many-requests");
    assertThat(new ProblemException(Kind.NOT_FOUND, "x").problem().code()).isEqualTo("not-found");
  }
}
