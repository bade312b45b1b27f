package dev.entrepot.console.pages.flows;

import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Part;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.FlowConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands in the form of a client, and what was said of it.
///
/// @param client null: it is yet to be made
/// @param checked what both sides answered
/// @param refusal why nothing was saved, when fields alone do not tell
/// @param anyway whether it can be saved all the same
record ClientSheet(
    ClientKind kind,
    @Nullable Client client,
    Map<String, String> values,
    List<ConfigProblem> problems,
    List<Part> checked,
    @Nullable String refusal,
    boolean anyway) {
  /// The deed of whoever saves it although a side does not let us in.
  static final String ANYWAY = "anyway";

  static ClientSheet of(ClientKind kind, @Nullable Client client, Map<String, String> values) {
    return new ClientSheet(kind, client, values, List.of(), List.of(), null, false);
  }

  /// @param otherwise the field at fault when the refusal does not tell
  static ClientSheet refused(
      ClientKind kind,
      @Nullable Client client,
      Form form,
      FlowConfigException why,
      String otherwise) {
    return new ClientSheet(
        kind, client, values(form), ClientDesk.problems(why, otherwise), List.of(), null, false);
  }

  static ClientSheet unreached(
      ClientKind kind, @Nullable Client client, Form form, List<Tries.Tried> tries) {
    List<String> matters =
        tries.stream().filter(one -> !one.well()).map(one -> Words.sentence(one.matter())).toList();
    String refusal =
        "Nothing was saved. %s Correct it, or save it anyway: its runs fail until then."
            .formatted(String.join(" ", matters));
    return new ClientSheet(
        kind, client, values(form), ClientDesk.unreached(tries), answers(tries), refusal, true);
  }

  ClientSheet checked(List<Part> answers) {
    return new ClientSheet(kind, client, values, problems, answers, refusal, anyway);
  }

  static List<Part> answers(List<Tries.Tried> tries) {
    return Tries.parts(tries.stream().map(Tries.Tried::reached).toList());
  }

  static Map<String, String> values(Form form) {
    Map<String, String> values = new LinkedHashMap<>();
    form.names().forEach(name -> values.put(name, form.value(name).orElse("")));
    return values;
  }

  /// Of the client as it was when the form was opened.
  long revision() {
    String sent = values.getOrDefault("revision", "");
    return sent.matches("[0-9]{1,18}")
        ? Long.parseLong(sent)
        : client == null ? 0 : client.revision();
  }

  FormView fill(FormView form, String mapping) {
    FormView filled =
        ClientForms.filled(form, values, ClientForms.blankValues(kind, mapping), problems);
    FormView told = refusal == null ? filled : filled.error(refusal);
    return anyway ? told.also(ANYWAY, client == null ? "Make it anyway" : "Save it anyway") : told;
  }
}
