package dev.entrepot.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The program under test, in a process of its own on a data folder.
interface Program extends AutoCloseable {
  /// Starts the process and returns when it answers.
  void start() throws IOException, InterruptedException;

  /// Sends a file. The same file again is the same upload.
  ///
  /// @return the upload's id
  /// @throws IOException when there is no answer: nobody knows whether it arrived
  String submit(String vendor, Path file) throws IOException;

  /// Whether the upload has its verdict.
  ///
  /// @throws IOException when there is no answer
  boolean finished(String upload) throws IOException;

  /// What an audit finds; empty when the books balance.
  ///
  /// @throws IOException when there is no answer
  List<String> audit() throws IOException;

  /// `kill -9`, and waits for the end.
  void kill() throws InterruptedException;

  /// Ends it in order.
  @Override
  void close();
}
