package dev.entrepot.onboarding.notices;

import dev.entrepot.contract.SharedData;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The Big List of Naughty Strings, and some made for mail.
final class NaughtyStrings {
  private static final List<String> OWN =
      List.of(
          "a.csv\r\nBcc: all@example.com",
          "a.csv\n\n<script>alert(1)</script>",
          "{content}{headline}%s%1$s%n",
          "=?UTF-8?Q?Bcc:_all=40example.com?=",
          "\0\u0001\u001b[31m",
          "\uD800 half",
          "invoice\u202Efdp.csv");

  private NaughtyStrings() {}

  static Stream<String> all() {
    Path file = SharedData.required("naughty").resolve("blns.json");
    List<String> known =
        JsonMapper.builder().build().readValue(file.toFile(), new TypeReference<>() {});
    return Stream.concat(known.stream(), OWN.stream());
  }
}
