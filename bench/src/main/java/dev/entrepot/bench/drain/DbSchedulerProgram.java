package dev.entrepot.bench.drain;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Hands events on by [db-scheduler](https://github.com/kagkarlsson/db-scheduler), one task each.
/// The polling is the one its documentation has for PostgreSQL and many tasks: it locks and fetches
/// in one statement, several for each thread at once. The body is stored as it is.
public final class DbSchedulerProgram {
  private static final int THREADS = 20;
  private static final double FETCH_BELOW = 1.0;
  private static final double FETCH_UP_TO = 4.0;

  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)
      """;

  private DbSchedulerProgram() {}

  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    QueueProgram.run(args, DbSchedulerProgram::open);
    System.exit(0);
  }

  private static QueueProgram.Queue open(HikariDataSource database, Milestones milestones)
      throws SQLException {
    QueueProgram.execute(database, TABLE);
    OneTimeTask<String> handOn =
        Tasks.oneTime("hand-on", String.class)
            .execute((task, _) -> QueueProgram.handOn(database, milestones, task.getData()));
    Scheduler scheduler =
        Scheduler.create(database, handOn)
            .threads(THREADS)
            .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
            .serializer(new Utf8())
            .build();
    Instant start = Instant.now();
    return new QueueProgram.Queue() {
      @Override
      public void enqueue(List<String> bodies, long firstNumber) {
        List<TaskInstance<?>> tasks = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
          tasks.add(handOn.instance("event-" + (firstNumber + i), bodies.get(i)));
        }
        // A microsecond later each: due in their order.
        scheduler.scheduleBatch(tasks, start.plusNanos(firstNumber * 1_000));
      }

      @Override
      public void start() {
        scheduler.start();
      }
    };
  }

  private static final class Utf8 implements Serializer {
    @Override
    public byte[] serialize(Object data) {
      return data.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] bytes) {
      return type.cast(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
