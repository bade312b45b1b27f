package dev.entrepot.bench;

import java.util.Arrays;
import java.util.List;

/// The middle of repeated measurements.
///
/// @param value the median
public record Median(double value, double least, double most) {
  /// @param values at least one
  public static Median of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Median(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }
}
