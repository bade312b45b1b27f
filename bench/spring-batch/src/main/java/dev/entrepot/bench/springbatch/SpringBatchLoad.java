package dev.entrepot.bench.springbatch;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/// Runs the job once on a file and reports how long it took, without the start of the JVM and of
/// Spring.
public final class SpringBatchLoad {
  private SpringBatchLoad() {}

  /// @param args the file
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    System.setProperty("file", file.toString());
    try (var context = new AnnotationConfigApplicationContext(LoadJob.class)) {
      JobOperator operator = context.getBean(JobOperator.class);
      Job job = context.getBean(Job.class);
      long start = System.nanoTime();
      JobExecution execution =
          operator.start(
              job, new JobParametersBuilder().addString("file", file.toString()).toJobParameters());
      double seconds = (System.nanoTime() - start) / 1e9;
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw new IllegalStateException(
            "the job is " + execution.getStatus() + ": " + execution.getAllFailureExceptions());
      }
      report(seconds);
    }
  }

  private static void report(double seconds) {
    String version = JobOperator.class.getPackage().getImplementationVersion();
    System.out.println(
        "RESULT "
            + tools.jackson.databind.json.JsonMapper.builder()
                .build()
                .writeValueAsString(
                    Map.of(
                        "seconds",
                        seconds,
                        "residentMost",
                        ProcessMemory.residentMost() >> 20,
                        "versions",
                        "Spring Batch " + version)));
  }
}
