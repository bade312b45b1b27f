package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page on which a rule is written, checked while it is written, and tried on past rows.
///
/// @param form the rule; its field `expression` is checked while it is written
/// @param checkAction where the expression is checked: answers a [Fragment]
/// @param tryAction where it is tried: answers a [Fragment] to a script, else this page again
/// @param rows how many past rows it is tried on
/// @param verdict what is known of the expression
/// @param trial what came of trying it
/// @param remove the form that deletes the rule, or null for one that does not exist yet
public record RuleEditor(
    Frame frame,
    Heading heading,
    FormView form,
    String checkAction,
    String tryAction,
    Field rows,
    List<Part> verdict,
    List<Part> trial,
    List<Part> help,
    @Nullable FormView remove)
    implements View {
  public RuleEditor {
    verdict = List.copyOf(verdict);
    trial = List.copyOf(trial);
    help = List.copyOf(help);
  }

  @Override
  public String template() {
    return "page/ruleEditor.jte";
  }
}
