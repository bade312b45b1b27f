package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Write;

/// A part of an item that is to be written.
///
/// @param step its place among the destination's steps
/// @param content the part as text; empty when deleting
record Todo(int step, Write write, String content) {
  boolean deletes() {
    return write.kind() == Write.Kind.DELETE;
  }
}
