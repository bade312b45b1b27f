package dev.entrepot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a measurement was made on.
public final class Machine {
  private Machine() {}

  /// Facts by name, for results.
  ///
  /// @param folder on the disk that was measured on
  public static Map<String, String> facts(Path folder) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", first(Path.of("/proc/cpuinfo"), "model name"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", first(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    FileStore disk = Files.getFileStore(folder);
    facts.put("disk", disk.name() + ", " + disk.type());
    facts.put("load before", Files.readString(Path.of("/proc/loadavg")).strip());
    facts.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("source", source());
    return facts;
  }

  /// The commit that was measured, and whether the source differs from it.
  private static String source() {
    if (!Files.exists(Workplace.root().resolve(".git"))) {
      return "unknown";
    }
    try {
      String commit = says(git("rev-parse", "--short", "HEAD"));
      return says(git("status", "--porcelain")).isEmpty() ? commit : commit + ", changed";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static List<String> git(String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", Workplace.root().toString()));
    command.addAll(List.of(words));
    return command;
  }

  private static String first(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /// The first line a program prints, for its version.
  public static String says(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      process.waitFor();
      return line == null ? "" : line;
    }
  }
}
