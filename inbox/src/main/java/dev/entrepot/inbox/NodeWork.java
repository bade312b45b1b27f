package dev.entrepot.inbox;

/// What a node does of the inbox's work.
public enum NodeWork {
  /// Takes events and hands them on.
  ALL,
  /// Takes events alone; another node of the same database must hand them on.
  RECEIVE
}
