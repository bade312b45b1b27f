/// Alerts: rules decide which incidents somebody is told about, once each.
@NullMarked
package dev.entrepot.inbox.alerts;

import org.jspecify.annotations.NullMarked;
