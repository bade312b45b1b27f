package dev.entrepot.onboarding;

import dev.entrepot.kit.outbound.Topics;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.notices.MailSettings;
import dev.entrepot.onboarding.notices.OtherSecrets;
import dev.entrepot.onboarding.uploads.UploadEngine;
import java.nio.file.Path;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// How onboarding runs on this node.
///
/// @param dataFolder files are kept in `files` below it, and read by the nodes that have them
/// @param node the name of this node: the same at every start, and no other node's
/// @param currency what the catalogue's prices are in
/// @param watchedFolder files put into `<folder>/<VENDOR>/` are taken in; null: none
/// @param mail how mail is sent; null: it is only kept to be looked at
/// @param reach where webhooks may go
/// @param otherSecrets sign webhooks that are no vendor's
/// @param topics that vendors may be told by, instead of a webhook
/// @param filesAtOnce how many files are read at a time
/// @param reservedBytes how much room on the disk uploads leave free, in bytes
/// @param keyBytesInMemory how large each of the six tables of a file's and the catalogue's keys
///   may be in memory, in bytes; a larger one lies in a temporary file
public record OnboardingSettings(
    Path dataFolder,
    String node,
    Currency currency,
    @Nullable Path watchedFolder,
    @Nullable MailSettings mail,
    WebhookReach reach,
    OtherSecrets otherSecrets,
    Topics topics,
    int filesAtOnce,
    long reservedBytes,
    long keyBytesInMemory) {

  /// How large a table of keys may be in memory unless told otherwise.
  public static final long KEY_BYTES_IN_MEMORY = UploadEngine.KEY_BYTES_IN_MEMORY;

  /// How much room uploads leave free unless told otherwise.
  public static final long RESERVED_BYTES = 500_000_000;

  /// Without webhooks of others, and without topics.
  public OnboardingSettings(
      Path dataFolder,
      String node,
      Currency currency,
      @Nullable Path watchedFolder,
      @Nullable MailSettings mail,
      WebhookReach reach,
      int filesAtOnce,
      long reservedBytes) {
    this(
        dataFolder,
        node,
        currency,
        watchedFolder,
        mail,
        reach,
        OtherSecrets.none(),
        Topics.none(),
        filesAtOnce,
        reservedBytes,
        KEY_BYTES_IN_MEMORY);
  }

  public OnboardingSettings {
    if (filesAtOnce < 1) {
      throw new IllegalArgumentException("at least one file is read at a time, not " + filesAtOnce);
    }
  }
}
