package dev.entrepot.bench.drain;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/// Hands events on by [JobRunr](https://www.jobrunr.io), the free edition, one job request each, by
/// its default number of workers, which on this Java are virtual threads.
public final class JobRunrProgram {
  private static final Duration POLL = Duration.ofSeconds(5); // it allows no less

  private JobRunrProgram() {}

  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    QueueProgram.run(args, JobRunrProgram::open);
    System.exit(0);
  }

  /// What a job is told.
  ///
  /// @param body of the event
  public record HandOn(String body) implements JobRequest {
    @Override
    public Class<HandOnHandler> getJobRequestHandler() {
      return HandOnHandler.class;
    }
  }

  /// What a job does.
  public static final class HandOnHandler implements JobRequestHandler<HandOn> {
    private final HikariDataSource database;
    private final Milestones milestones;

    HandOnHandler(HikariDataSource database, Milestones milestones) {
      this.database = database;
      this.milestones = milestones;
    }

    @Override
    public void run(HandOn request) {
      QueueProgram.handOn(database, milestones, request.body());
    }
  }

  private static QueueProgram.Queue open(HikariDataSource database, Milestones milestones) {
    HandOnHandler handler = new HandOnHandler(database, milestones);
    JobRunrConfiguration.JobRunrConfigurationResult jobs =
        JobRunr.configure()
            .useJsonMapper(new Jackson3JsonMapper())
            .useJobActivator(
                new JobActivator() {
                  @Override
                  public <T> T activateJob(Class<T> type) {
                    return type.cast(handler);
                  }
                })
            .useStorageProvider(new PostgresStorageProvider(database))
            .useBackgroundJobServer(
                usingStandardBackgroundJobServerConfiguration().andPollInterval(POLL), false)
            .initialize();
    JobRequestScheduler scheduler = jobs.getJobRequestScheduler();
    BackgroundJobServer server = jobs.getBackgroundJobServer();
    return new QueueProgram.Queue() {
      @Override
      public void enqueue(List<String> bodies, long firstNumber) {
        scheduler.enqueue(bodies.stream().map(HandOn::new));
      }

      @Override
      public void start() {
        server.start();
      }
    };
  }
}
