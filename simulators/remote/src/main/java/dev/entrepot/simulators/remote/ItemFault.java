package dev.entrepot.simulators.remote;

/// Why an item of a call is not taken.
public record ItemFault(String code, String message) {}
