package dev.entrepot.simulators.siesa;

/// Is told of every page before its rows are read: the place to change products between two pages.
@FunctionalInterface
public interface PageWatcher {

  /// @param page from 1
  void asked(String tenant, int page);
}
