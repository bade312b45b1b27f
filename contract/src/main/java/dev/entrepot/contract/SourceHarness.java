package dev.entrepot.contract;

/// A simulated system that records are read from.
public interface SourceHarness extends RemoteHarness, ReadingHarness {}
