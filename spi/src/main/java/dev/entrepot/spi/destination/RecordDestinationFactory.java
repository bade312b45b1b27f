package dev.entrepot.spi.destination;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.source.CredentialField;
import java.util.List;
import java.util.Map;

/// A kind of system that records are written to. Found by `java.util.ServiceLoader`: a connector
/// names its factory in `META-INF/services`. Safe for use by many threads.
public interface RecordDestinationFactory {

  /// Its name in configuration, in kebab-case, such as `kong`. Never changes.
  String kind();

  /// Its name for people, such as `Kong RFID`.
  String title();

  List<SettingField> settings();

  /// What its credentials hold, each by name; nested ones with points.
  List<CredentialField> credentials();

  /// The fields of an item that it takes.
  List<FieldSpec> fields(Map<String, String> settings);

  /// The steps in which an item is written, in their order; at least one.
  List<Step> steps(Map<String, String> settings);

  /// Makes ready to write; calls nobody.
  ///
  /// @param settings by name, validated against [#settings], fallbacks filled in
  /// @throws IllegalArgumentException when settings and credentials do not fit together; the
  ///   message is for people and tells no secret
  RecordDestination open(Map<String, String> settings, Fields credentials, RemoteContext context);
}
