package dev.entrepot.bench.springbatch.sync;

import dev.entrepot.bench.syncparts.HttpCalls;
import dev.entrepot.bench.syncparts.Item;
import dev.entrepot.bench.syncparts.KongBodies;
import dev.entrepot.bench.syncparts.ProductMapping;
import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.SyncProgram;
import dev.entrepot.bench.syncparts.SyncTask;
import dev.entrepot.bench.syncparts.SyncWorld;
import dev.entrepot.bench.syncparts.TagItem;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/// Two steps: products in chunks of 100, each a call and a transaction; then the tags that are due,
/// likewise.
public final class SyncJob implements SyncTask {
  private final SyncWorld world = SyncWorld.ofEnvironment();
  private final JsonMapper json = JsonMapper.builder().build();
  private final KongBodies bodies = new KongBodies(json);
  private final ProductMapping mapping = new ProductMapping(json);
  private final HttpCalls calls = new HttpCalls();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext(SyncBatch.class);

  private SyncJob() {}

  public static void main(String[] args) throws Exception {
    SyncProgram.obey(new SyncJob());
  }

  @Override
  public void run(long number, String account) throws Exception {
    Job job =
        new JobBuilder("sync", context.getBean(JobRepository.class))
            .start(products(number, account))
            .next(tags(account))
            .build();
    JobExecution execution =
        context
            .getBean(JobOperator.class)
            .start(job, new JobParametersBuilder().addLong("run", number).toJobParameters());
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException(
          "the job is " + execution.getStatus() + ": " + execution.getAllFailureExceptions());
    }
  }

  private Step products(long run, String account) {
    return new StepBuilder("products", context.getBean(JobRepository.class))
        .<SiesaReader.SiesaRow, Item>chunk(KongBodies.LIMIT)
        .transactionManager(context.getBean(JdbcTransactionManager.class))
        .reader(new SiesaReader(world, calls, json, account))
        .processor(row -> mapping.map(row.record(), row.fields()))
        .writer(new KongWriter(kong(account), dataSource(), run))
        .build();
  }

  private Step tags(String account) {
    return new StepBuilder("tags", context.getBean(JobRepository.class))
        .<TagItem, TagItem>chunk(KongBodies.LIMIT)
        .transactionManager(context.getBean(JdbcTransactionManager.class))
        .reader(
            new JdbcCursorItemReaderBuilder<TagItem>()
                .name("tags")
                .dataSource(dataSource())
                .sql(SentStore.TAGS_DUE)
                .rowMapper((row, _) -> new TagItem(row.getString("key"), row.getString("tag")))
                .build())
        .writer(new TagWriter(kong(account), dataSource()))
        .build();
  }

  private KongAccount kong(String account) {
    return new KongAccount(world, calls, bodies, account);
  }

  private DataSource dataSource() {
    return context.getBean(DataSource.class);
  }

  @Override
  public void close() {
    context.close();
    calls.close();
  }
}
