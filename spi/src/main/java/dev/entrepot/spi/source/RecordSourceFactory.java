package dev.entrepot.spi.source;

import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.record.FieldSpec;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteContext;
import java.util.List;
import java.util.Map;

/// A kind of system that records are read from. Found by `java.util.ServiceLoader`: a connector
/// names its factory in `META-INF/services`. Safe for use by many threads.
public interface RecordSourceFactory {

  /// Its name in configuration, in kebab-case, such as `siesa`. Never changes.
  String kind();

  /// Its name for people, such as `Siesa`.
  String title();

  List<SettingField> settings();

  /// What its credentials hold, each by name; nested ones with points, such as
  /// `service_endpoints.inventory`.
  List<CredentialField> credentials();

  /// The fields that its records are known to have; there may be others.
  List<FieldSpec> fields(Map<String, String> settings);

  /// Makes ready to read; calls nobody.
  ///
  /// @param settings by name, validated against [#settings], fallbacks filled in
  /// @throws IllegalArgumentException when settings and credentials do not fit together; the
  ///   message is for people and tells no secret
  RecordSource open(Map<String, String> settings, Fields credentials, RemoteContext context);
}
