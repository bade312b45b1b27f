package dev.entrepot.bench.springbatch;

import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.onboarding.catalogue.Category;
import dev.entrepot.onboarding.catalogue.CategoryIndex;
import dev.entrepot.onboarding.rules.RowChecker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.transform.FieldSet;
import org.springframework.batch.infrastructure.item.support.ClassifierCompositeItemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// One step: read lines, check them, write products in batches, a transaction per 1,000 rows. The
/// job's repository is in the same database.
@Configuration
@EnableBatchProcessing
@EnableJdbcJobRepository(tablePrefix = "spring.BATCH_")
class LoadJob {
  private static final int CHUNK = 1_000;
  private static final UUID BATCH = new UUID(0, 1);

  @Bean
  DataSource dataSource() {
    PGSimpleDataSource server = server();
    createRepository(server());
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(server);
    pool.setMaximumPoolSize(4);
    return pool;
  }

  private static PGSimpleDataSource server() {
    Map<String, String> at = System.getenv();
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setServerNames(new String[] {at.get("PGHOST")});
    server.setPortNumbers(new int[] {Integer.parseInt(at.get("PGPORT"))});
    server.setDatabaseName(at.get("PGDATABASE"));
    server.setUser(at.get("PGUSER"));
    server.setPassword(at.get("PGPASSWORD"));
    // Off in the driver unless asked for: each row of a batch is then an execution of its own.
    server.setReWriteBatchedInserts(Boolean.getBoolean("tuned"));
    return server;
  }

  @Bean
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  /// The job repository gets a schema of its own.
  private static void createRepository(PGSimpleDataSource server) {
    new JdbcTemplate(server)
        .update(
            "insert into batch (id, kind, tenant, flow, label) values (?, 'bench', 'main', 'BENCH', '')",
            BATCH);
    server.setCurrentSchema("spring");
    new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
        .execute(server);
  }

  @Bean
  Job job(JobRepository repository, Step step) {
    return new JobBuilder("load", repository).start(step).build();
  }

  @Bean
  Step step(
      JobRepository repository,
      JdbcTransactionManager transactions,
      FlatFileItemReader<FieldSet> reader,
      DataSource dataSource) {
    return new StepBuilder("load", repository)
        .<FieldSet, Checked>chunk(CHUNK)
        .transactionManager(transactions)
        .reader(reader)
        .processor(new ProductProcessor(checker(dataSource)))
        .writer(writer(dataSource))
        .build();
  }

  @Bean
  FlatFileItemReader<FieldSet> reader() {
    return new FlatFileItemReaderBuilder<FieldSet>()
        .name("rows")
        .resource(new FileSystemResource(System.getProperty("file", "")))
        .encoding("UTF-8")
        .linesToSkip(1)
        .delimited()
        .names(ProductProcessor.COLUMNS.toArray(String[]::new))
        .fieldSetMapper(fields -> fields)
        .build();
  }

  private static RowChecker checker(DataSource dataSource) {
    List<Category> categories =
        new JdbcTemplate(dataSource)
            .query(
                "select code, name, active from category",
                (row, number) ->
                    new Category(
                        row.getString("code"),
                        row.getString("name"),
                        null,
                        row.getBoolean("active"),
                        0,
                        Instant.EPOCH));
    return new RowChecker(new CategoryIndex(categories), "US", List.of());
  }

  private static ClassifierCompositeItemWriter<Checked> writer(DataSource dataSource) {
    JdbcBatchItemWriter<Checked> products = products(dataSource);
    JdbcBatchItemWriter<Checked> rejected = rejected(dataSource);
    ClassifierCompositeItemWriter<Checked> writer = new ClassifierCompositeItemWriter<>();
    writer.setClassifier(checked ->
        switch (checked) {
          case Checked.Good _ -> products;
          case Checked.Bad _ -> rejected;
        });
    return writer;
  }

  private static JdbcBatchItemWriter<Checked> products(DataSource dataSource) {
    JdbcBatchItemWriter<Checked> writer =
        new JdbcBatchItemWriterBuilder<Checked>()
            .dataSource(dataSource)
            .assertUpdates(false)
            .sql(
                """
                insert into product (vendor, vendor_product_id, sku, name, slug, category,
                  subcategory, description, brand, price, compare_at_price, stock_quantity,
                  weight_kg, image_url, created_batch, created_record)
                values ('BENCH', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (vendor, vendor_product_id) do update
                set sku = excluded.sku, name = excluded.name, category = excluded.category,
                  subcategory = excluded.subcategory, description = excluded.description,
                  brand = excluded.brand, price = excluded.price,
                  compare_at_price = excluded.compare_at_price,
                  stock_quantity = excluded.stock_quantity, weight_kg = excluded.weight_kg,
                  image_url = excluded.image_url, updated_at = now()
                """)
            .itemPreparedStatementSetter((item, statement) -> item.set(statement, BATCH))
            .build();
    writer.afterPropertiesSet();
    return writer;
  }

  private static JdbcBatchItemWriter<Checked> rejected(DataSource dataSource) {
    JdbcBatchItemWriter<Checked> writer =
        new JdbcBatchItemWriterBuilder<Checked>()
            .dataSource(dataSource)
            .assertUpdates(false)
            .sql(
                """
                insert into dead_letter (batch_id, record, line, key, second_key, code, reason,
                  problems, payload, readable)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, true)
                """)
            .itemPreparedStatementSetter((item, statement) -> item.set(statement, BATCH))
            .build();
    writer.afterPropertiesSet();
    return writer;
  }
}
