package dev.entrepot.inbox;

import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.IntakeFigures;
import dev.entrepot.inbox.log.EventLog;

/// What others may use of the inbox.
public record Inbox(
    Connections connections,
    Intake intake,
    IntakeFigures figures,
    EventLog events,
    HotStore hotStore) {}
