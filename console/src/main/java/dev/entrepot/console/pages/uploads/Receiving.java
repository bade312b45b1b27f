package dev.entrepot.console.pages.uploads;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Multipart;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes files in: as the raw body from a script, as a form from a browser without.
final class Receiving {
  private static final String MULTIPART = "multipart/form-data";
  private static final int ACCEPTED = 202;
  private static final int INVALID = 422;

  private final Shell shell;
  private final Uploads uploads;
  private final UploadForms forms;

  Receiving(Shell shell, Uploads uploads, UploadForms forms) {
    this.shell = shell;
    this.uploads = uploads;
    this.forms = forms;
  }

  Answer form(Exchange exchange) {
    return shell.show(exchange, page(exchange, exchange.query().text("vendor").orElse("")));
  }

  Answer receive(Exchange exchange) throws IOException {
    return exchange.mediaType().equals(MULTIPART) ? submitted(exchange) : sent(exchange);
  }

  /// The raw body, with name and vendor in the query. A script reads the answer.
  private Answer sent(Exchange exchange) throws IOException {
    String name = exchange.query().text("filename").orElse("upload.csv");
    String vendor = exchange.query().text("vendor").orElse("");
    Uploads.Receipt receipt = submit(exchange.principal(), vendor, name, exchange.stream());
    Answer opened = opened(receipt);
    Answer answer = Answer.json(ACCEPTED, Map.of("id", receipt.upload().id().toString()));
    for (Answer.Header header : opened.headers()) {
      if (header.name().equals("Set-Cookie")) {
        answer = answer.with(header.name(), header.value());
      }
    }
    return answer;
  }

  private Answer submitted(Exchange exchange) throws IOException {
    Multipart multipart = exchange.multipart();
    Optional<Multipart.FilePart> file = multipart.file();
    String vendor = multipart.field("vendor").orElse("");
    try {
      if (file.isEmpty() || file.get().name().isEmpty()) {
        throw Refusal.invalid("file", "no file was chosen; choose one");
      }
      return opened(submit(exchange.principal(), vendor, file.get().name(), file.get().bytes()));
    } catch (OnboardingException e) {
      Page page =
          page(exchange, vendor)
              .with(
                  new Part.Message(Tone.BAD, Words.sentence(String.valueOf(e.getMessage())), null));
      return shell.show(exchange, INVALID, page);
    }
  }

  private Answer opened(Uploads.Receipt receipt) {
    Upload upload = receipt.upload();
    String page = "/uploads/" + upload.id();
    return receipt.alreadyKnown()
        ? shell.told(
            page,
            new Flash(
                Tone.INFO,
                "This very file was sent before, as "
                    + upload.fileName()
                    + ". Nothing was applied twice; this is what became of it then."))
        : Answer.seeOther(page);
  }

  private Uploads.Receipt submit(
      Principal principal, String vendor, String fileName, InputStream bytes) throws IOException {
    String own = principal.vendor();
    if (own == null && vendor.isEmpty()) {
      throw Refusal.invalid("vendor", "no vendor was chosen; choose whose file it is");
    }
    return uploads.submit(
        principal.actor(),
        new Uploads.Submission(
            own == null ? vendor : own,
            fileName,
            Upload.Source.PORTAL,
            principal.role() == Role.SUPPLIER ? Uploads.Limits.SUPPLIER : Uploads.Limits.OPERATOR,
            null),
        bytes);
  }

  private Page page(Exchange exchange, String vendor) {
    return Page.of("Upload a file")
        .lead("You get an upload number at once and can watch every row.")
        .under("Uploads", "/uploads")
        .with(List.of(new Part.Drop(forms.drop(exchange.principal(), vendor))))
        .with(TemplateFiles.panel());
  }
}
