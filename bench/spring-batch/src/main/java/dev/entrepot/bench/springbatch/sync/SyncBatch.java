package dev.entrepot.bench.springbatch.sync;

import com.zaxxer.hikari.HikariDataSource;
import dev.entrepot.bench.syncparts.SentStore;
import dev.entrepot.bench.syncparts.SyncWorld;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// The framework with its repository in PostgreSQL, in a schema of its own, beside what was sent.
@Configuration
@EnableBatchProcessing
@EnableJdbcJobRepository(tablePrefix = "spring.BATCH_")
class SyncBatch {
  @Bean
  DataSource dataSource() throws SQLException {
    HikariDataSource pool = SyncWorld.database();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      SentStore.create(connection);
      statement.execute("create schema spring");
      statement.execute("set search_path = spring");
      new ResourceDatabasePopulator(
              new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
          .populate(connection);
      statement.execute("reset search_path");
    }
    return pool;
  }

  @Bean
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }
}
