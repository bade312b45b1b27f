package dev.entrepot.console;

import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.link.SignedLinks;
import dev.entrepot.console.pages.Welcome;
import dev.entrepot.flow.Flows;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.Trace;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.storage.Database;
import java.time.Clock;

/// What the console works on.
public record ConsoleParts(
    Database database,
    Onboarding onboarding,
    Inbox inbox,
    Flows flows,
    Audit audit,
    Trace trace,
    ActivityLog activities,
    Accounts accounts,
    ApiKeys apiKeys,
    SignedLinks links,
    Welcome welcome,
    Clock clock) {}
