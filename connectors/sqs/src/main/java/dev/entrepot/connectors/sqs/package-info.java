/// Queues of Amazon SQS, and of whatever speaks its protocol, as a feed of events. The AWS SDK is
/// loaded when the first queue is opened, not before.
@NullMarked
package dev.entrepot.connectors.sqs;

import org.jspecify.annotations.NullMarked;
