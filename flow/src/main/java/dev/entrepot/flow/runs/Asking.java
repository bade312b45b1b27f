package dev.entrepot.flow.runs;

import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import dev.entrepot.storage.StorageException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Asks a system something, again as the policy says when it does not answer.
///
/// @param party who is asked, such as `source`
record Asking(RetryPolicy policy, String party) {

  /// A call that only reads.
  @FunctionalInterface
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  /// @throws RemoteTrouble when it was asked as often as it may be
  /// @throws StorageException of the budget, which is asked before anything is sent
  <T> T answer(Question<T> question) throws InterruptedException, RemoteTrouble {
    Map<Code, Integer> tries = new EnumMap<>(Code.class);
    long unavailableSince = 0;
    while (true) {
      try {
        return question.ask();
      } catch (RemoteException e) {
        int made = tries.merge(e.code(), 1, Integer::sum);
        String reason = String.valueOf(e.getMessage());
        if (e.code() == Code.UNAVAILABLE && made == 1) {
          unavailableSince = System.nanoTime();
        }
        boolean outage =
            e.code() == Code.UNAVAILABLE
                && System.nanoTime() - unavailableSince < policy.outage().toNanos();
        if (made >= policy.tries(e.code()) && !outage) {
          throw new RemoteTrouble(
              e.code().name(), made > 1 ? reason + " (" + made + " tries)" : reason);
        }
        double jitter = ThreadLocalRandom.current().nextDouble();
        Duration pause = policy.pause(made, e.after().orElse(null), jitter);
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (StorageException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new RemoteTrouble("CONNECTOR", "the %s's connector failed: %s".formatted(party, e));
      }
    }
  }
}
