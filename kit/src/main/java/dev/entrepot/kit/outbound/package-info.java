/// Posting webhooks as [Standard Webhooks](https://www.standardwebhooks.com) has it: signing, where
/// they may go, one attempt.
@NullMarked
package dev.entrepot.kit.outbound;

import org.jspecify.annotations.NullMarked;
