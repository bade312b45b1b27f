package dev.entrepot.inbox.alerts;

import java.util.UUID;

/// A tenant's wish to be told.
///
/// @param revision grows with every change
public record AlertRule(
    UUID id, String tenant, String name, Condition condition, boolean active, int revision) {}
