package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.flow.FlowConfig;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.mapping.FieldRule;
import dev.entrepot.flow.mapping.StoredMapping;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunRecord;
import dev.entrepot.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be said of one record of a run.
final class RecordParts {
  // As mappings tell it: a code, the field, what is wrong with it.
  private static final Pattern OF_FIELD = Pattern.compile("[A-Z_]+: (\\S+) .*", Pattern.DOTALL);

  private final Run run;
  private final RunRecord record;
  private final Optional<StoredMapping> mapping;
  private final Optional<FieldRule> rule;
  private final String system;

  RecordParts(FlowConfig config, Run run, RunRecord record) {
    this.run = run;
    this.record = record;
    this.mapping =
        config
            .clients()
            .find(run.tenant())
            .map(Client::config)
            .flatMap(client -> config.mappings().find(client.mapping()));
    this.system =
        config.systems().source(run.source()).map(one -> one.title()).orElse(run.source());
    this.rule = mapping.filter(_ -> mapped()).flatMap(this::rule);
  }

  /// Whether the mapping rejected it: then nothing was compared or sent.
  private boolean mapped() {
    return record.outcome() == Outcome.REJECTED
        && record.change() == null
        && record.item() == null
        && record.source() != null;
  }

  private Optional<FieldRule> rule(StoredMapping stored) {
    Matcher told = OF_FIELD.matcher(String.valueOf(record.reason()));
    return told.matches()
        ? stored.document().fields().stream()
            .filter(one -> one.canonical().equals(told.group(1)))
            .findFirst()
        : Optional.empty();
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    if (record.reason() != null) {
      parts.add(reason(record.reason()));
    }
    if (record.change() != null) {
      parts.add(
          Part.panel(
              "change",
              FlowWords.change(record.change()),
              record.diffs() == null
                  ? new Part.Text("Every field is new there.")
                  : new Part.Changes("Fields that differ", RecordTable.changes(record.diffs()))));
    }
    parts.add(
        Part.columns(
            Part.panel(
                "source",
                "As it came",
                Documents.of(
                    "Record of the source",
                    record.source(),
                    "It is not kept: the destination holds exactly this already.",
                    source(),
                    rule.map(FieldRule::canonical).orElse(""))),
            Part.panel(
                "item",
                "As it is sent",
                Documents.of("Item for the destination", record.item(), "Nothing is sent."))));
    return parts;
  }

  /// The source's field at fault; null: it is not known, or it is none.
  private @Nullable String source() {
    return rule.map(FieldRule::from).orElse(null);
  }

  private Part reason(String reason) {
    Tone tone = record.outcome() == Outcome.REJECTED ? Tone.BAD : Tone.INFO;
    if (!mapped() || mapping.isEmpty()) {
      return new Part.Message(tone, Words.sentence(reason), null);
    }
    String name = mapping.get().name();
    String from = source();
    return new Part.Message(
        tone,
        "%s%s Correct it in %s, or change the mapping %s. It comes again when %s sends it anew, or the mapping is another."
            .formatted(
                Words.sentence(reason),
                from == null ? "" : " It is the source's " + from + ", marked below.",
                system,
                name,
                system),
        Action.link(
            "The mapping",
            Addresses.of("/sync/mappings/" + Addresses.encode(name), "client", run.tenant())));
  }

  /// Why there is no call that carried it.
  String uncalled() {
    return switch (record.outcome()) {
      case PENDING -> "None yet: it waits to be written.";
      case UNCHANGED -> "None: the destination holds it already.";
      case SKIPPED -> "None: it was not written.";
      case REJECTED, WRITTEN ->
          mapped()
              ? "None: the mapping rejected it before anything was sent."
              : "They are kept no more: what was said with the other side is kept for 30 days.";
    };
  }
}
