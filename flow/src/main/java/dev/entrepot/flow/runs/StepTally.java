package dev.entrepot.flow.runs;

import dev.entrepot.spi.destination.Step;
import java.util.List;

/// Counts of steps that are to be added to those in the database. For one thread.
final class StepTally {
  private final String[] steps;
  private final Long[] wanted;
  private final Long[] calls;
  private final Long[] accepted;
  private final Long[] rejected;
  private final Long[] putOff;
  private final Long[] unknown;
  private final Long[] lookups;
  private boolean empty = true;

  StepTally(List<Step> steps) {
    this.steps = steps.stream().map(Step::name).toArray(String[]::new);
    wanted = zeros();
    calls = zeros();
    accepted = zeros();
    rejected = zeros();
    putOff = zeros();
    unknown = zeros();
    lookups = zeros();
  }

  private Long[] zeros() {
    Long[] zeros = new Long[steps.length];
    java.util.Arrays.fill(zeros, 0L);
    return zeros;
  }

  void addWanted(int step, int count) {
    add(wanted, step, count);
  }

  void addCall(int step) {
    add(calls, step, 1);
  }

  /// Of one that was counted, and was not made.
  void takeCallBack(int step) {
    add(calls, step, -1);
  }

  void addAccepted(int step) {
    add(accepted, step, 1);
  }

  void addRejected(int step) {
    add(rejected, step, 1);
  }

  void addPutOff(int step) {
    add(putOff, step, 1);
  }

  void addUnknown(int step) {
    add(unknown, step, 1);
  }

  void addLookup(int step) {
    add(lookups, step, 1);
  }

  /// Of one that was counted, and was not made.
  void takeLookupBack(int step) {
    add(lookups, step, -1);
  }

  private void add(Long[] counts, int step, int count) {
    counts[step] += count;
    empty = false;
  }

  boolean isEmpty() {
    return empty;
  }

  String[] steps() {
    return steps;
  }

  Long[] wanted() {
    return wanted;
  }

  Long[] calls() {
    return calls;
  }

  Long[] accepted() {
    return accepted;
  }

  Long[] rejected() {
    return rejected;
  }

  Long[] putOff() {
    return putOff;
  }

  Long[] unknown() {
    return unknown;
  }

  Long[] lookups() {
    return lookups;
  }
}
