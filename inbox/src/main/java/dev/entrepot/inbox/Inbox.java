package dev.entrepot.inbox;

import dev.entrepot.inbox.alerts.AlertRecipients;
import dev.entrepot.inbox.alerts.AlertRules;
import dev.entrepot.inbox.alerts.Alerts;
import dev.entrepot.inbox.chores.ChoreLog;
import dev.entrepot.inbox.connections.Connections;
import dev.entrepot.inbox.delivery.Deliveries;
import dev.entrepot.inbox.delivery.Destination;
import dev.entrepot.inbox.delivery.Destinations;
import dev.entrepot.inbox.delivery.MissedEvents;
import dev.entrepot.inbox.feeds.Feeds;
import dev.entrepot.inbox.hotstore.HotStore;
import dev.entrepot.inbox.hotstore.TimeToLiveTable;
import dev.entrepot.inbox.intake.Intake;
import dev.entrepot.inbox.intake.IntakeFigures;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.EventStates;
import dev.entrepot.inbox.lanes.Replay;
import dev.entrepot.inbox.lanes.ReplayRequest;
import dev.entrepot.inbox.lanes.Replays;
import dev.entrepot.inbox.lanes.WaitingAges;
import dev.entrepot.inbox.log.EventFilter;
import dev.entrepot.inbox.log.EventLog;
import dev.entrepot.inbox.privacy.PrivacyOffice;
import dev.entrepot.model.Actor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What others may use of the inbox.
///
/// @param events as they came
/// @param states what became of them
/// @param waitingAges how old the oldest event was that waited, by the minute
/// @param desk of dead letters and held keys
/// @param privacy for looking at requests
/// @param chores what was done lately of what must be done now and then
public record Inbox(
    Connections connections,
    Intake intake,
    Feeds feeds,
    IntakeFigures figures,
    EventLog events,
    EventStates states,
    WaitingAges waitingAges,
    DeadLetterDesk desk,
    Replays replays,
    HotStore hotStore,
    TimeToLiveTable timesToLive,
    Alerts alerts,
    AlertRules alertRules,
    AlertRecipients alertRecipients,
    PrivacyOffice privacy,
    Destinations destinations,
    Deliveries deliveries,
    MissedEvents missedEvents,
    ChoreLog chores) {

  /// Sends a destination what it missed while it was disabled, to it alone; what somebody else
  /// sends at the same time is sent once.
  ///
  /// @param after where a search before came to; null: from the beginning
  /// @throws InboxException CONFLICT when it is disabled, or there is nothing to send
  public Replay sendMissed(Actor actor, Destination destination, @Nullable String after) {
    return replays.start(
        actor,
        new ReplayRequest(
                missedEvents.requireSendable(destination, after),
                EventFilter.ALL,
                Set.of(MissedEvents.handler(destination)))
            .withSkipped(),
        (transaction, positions) -> missedEvents.requireStill(transaction, destination, positions));
  }
}
