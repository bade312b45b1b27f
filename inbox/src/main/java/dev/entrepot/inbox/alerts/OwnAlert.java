package dev.entrepot.inbox.alerts;

import java.time.Instant;

/// Something that Entrepot itself has to tell people, not a sender's event: that a run failed, for
/// example. Everybody is told who is told of all of the tenant's alerts.
///
/// @param title what stands where other alerts have the name of their rule, such as `Run failed`
/// @param kind in kebab-case, such as `run-failed`
/// @param flow what it happened in
/// @param subject what it is about; of one kind and subject it is raised once
/// @param message one sentence for people
public record OwnAlert(
    String tenant,
    String title,
    String kind,
    String flow,
    String subject,
    String message,
    Instant happenedAt) {}
