package dev.entrepot.bench.crash;

import dev.entrepot.bench.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Drives an [EngineProgram].
final class EngineProcess implements Program {
  private final Path dataFolder;
  private final Path log;
  private @Nullable Running running;

  private record Running(Process process, Writer input, BufferedReader output) {}

  /// @param log gets what the program logs
  EngineProcess(Path dataFolder, Path log) {
    this.dataFolder = dataFolder;
    this.log = log;
  }

  @Override
  public void start() throws IOException {
    List<String> command = new ArrayList<>(Workplace.program());
    command.add(1, "-Dlogback.configurationFile=" + Workplace.bench().resolve("logback.xml"));
    command.add(EngineProgram.class.getName());
    command.add(dataFolder.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    running = new Running(process, process.outputWriter(), process.inputReader());
    String line = running.output.readLine();
    if (!"READY".equals(line)) {
      throw new CrashFailure("the program does not start; it says " + line + "; see " + log);
    }
  }

  @Override
  public String submit(String vendor, Path file) throws IOException {
    return ask("submit\t" + vendor + "\t" + file);
  }

  @Override
  public boolean finished(String upload) throws IOException {
    return Boolean.parseBoolean(ask("finished\t" + upload));
  }

  @Override
  public List<String> audit() throws IOException {
    String findings = ask("audit");
    return findings.isEmpty() ? List.of() : List.of(findings.split("\t", -1));
  }

  private String ask(String command) throws IOException {
    Running now = running;
    if (now == null) {
      throw new IOException("the program is not started");
    }
    now.input.write(command + "\n");
    now.input.flush();
    String answer = now.output.readLine();
    if (answer == null || !answer.startsWith("OK\t")) {
      throw new IOException("no answer, but " + answer);
    }
    return answer.substring(3);
  }

  @Override
  public void kill() throws InterruptedException {
    if (running != null) {
      running.process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    Running now = running;
    if (now == null) {
      return;
    }
    running = null;
    try {
      now.input.close();
      if (!now.process.waitFor(60, TimeUnit.SECONDS)) {
        throw new CrashFailure("the program does not end");
      }
    } catch (IOException e) {
      now.process.destroyForcibly();
    } catch (InterruptedException e) {
      now.process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
