package dev.entrepot.spi.destination;

/// A destination that takes [Write.Kind#DELETE]. Deleting what is not there is accepted.
public interface Deleting {}
