package dev.entrepot.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where things lie in the source tree, and how the program is started. `bench/run` says where.
public final class Workplace {
  private Workplace() {}

  /// The root of the source tree.
  public static Path root() {
    return Path.of(System.getProperty("entrepot.root", System.getProperty("user.dir")))
        .toAbsolutePath()
        .normalize();
  }

  /// The folder of this module.
  public static Path bench() {
    return root().resolve("bench");
  }

  /// An empty folder for what a measurement needs and nobody keeps.
  public static Path work(String name) throws IOException {
    Path folder = bench().resolve("target").resolve("work").resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /// Deletes a folder and all that is in it; nothing happens when it is absent.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// The Java that runs this.
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// The options that `./entrepot` starts the program with, and this process's class path; the main
  /// class follows.
  public static List<String> program() {
    return program(classPath());
  }

  /// The same with another class path.
  public static List<String> program(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(
        List.of(
            System.getProperty(
                    "entrepot.options", "-Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError")
                .split(" ", -1)));
    command.add("-cp");
    command.add(classPath);
    return command;
  }

  /// That of this process.
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
