package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The parts of an XLSX file: sheets, shared texts, number formats. Only the parts that are needed
/// are unpacked, each within [Limits].
final class XlsxPackage implements AutoCloseable {
  /// A sheet of the workbook.
  ///
  /// @param number its place among the worksheets, from 1
  record Sheet(int number, String name, String part, boolean visible) {
    Layout.Sheet named() {
      return new Layout.Sheet(number, name);
    }
  }

  private final ZipFile zip;
  private final Limits limits;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final List<Sheet> sheets = new ArrayList<>();
  private boolean dates1904;
  private @Nullable String sharedTextsPart;
  private @Nullable String stylesPart;
  private @Nullable SharedTexts sharedTexts;

  private XlsxPackage(ZipFile zip, Limits limits, @Nullable SharedTexts sharedTexts) {
    this.zip = zip;
    this.sharedTexts = sharedTexts;
    this.limits = limits;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      entries.putIfAbsent(key(entry.getName()), entry);
    }
    String workbook = workbookPart();
    Map<String, Relation> relations = relations(workbook);
    for (Relation relation : relations.values()) {
      switch (relation.kind) {
        case "sharedStrings" -> sharedTextsPart = relation.target;
        case "styles" -> stylesPart = relation.target;
        default -> {
          // Themes, links and the like say nothing about cells.
        }
      }
    }
    readWorkbook(workbook, relations);
  }

  /// @param sharedTexts of this workbook, as it gave them before; null: it is asked when they are
  ///   needed
  static XlsxPackage open(Path file, long size, Limits limits, @Nullable SharedTexts sharedTexts) {
    ZipDirectory.check(file, size);
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        return new XlsxPackage(zip, limits, sharedTexts);
      } catch (RuntimeException failed) {
        zip.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw damaged(failed);
    } catch (IllegalArgumentException failed) {
      throw damaged(new ZipException(failed.getMessage()));
    }
  }

  private record Relation(String kind, String target) {}

  private String workbookPart() {
    if (entries.containsKey("_rels/.rels")) {
      for (Relation relation : relations("").values()) {
        if (relation.kind.equals("officeDocument") && entries.containsKey(key(relation.target))) {
          if (relation.target.endsWith(".bin")) {
            throw notATable("this is a binary workbook (.xlsb); save it as .xlsx or CSV");
          }
          if (!relation.target.startsWith("xl/") && relation.target.startsWith("word/")) {
            throw notATable("this is a Word document; send the table in it as .xlsx or CSV");
          }
          return relation.target;
        }
      }
    }
    if (entries.containsKey("xl/workbook.xml")) {
      return "xl/workbook.xml";
    }
    if (entries.containsKey("mimetype") && entries.containsKey("content.xml")) {
      throw notATable("this is an OpenDocument file; save it as .xlsx or CSV");
    }
    throw notATable(
        "this is a ZIP archive, not a workbook; unpack it and send the file in it (CSV may be packed with gzip)");
  }

  private Map<String, Relation> relations(String part) {
    int slash = part.lastIndexOf('/') + 1;
    String folder = part.substring(0, slash);
    String relationsPart = folder + "_rels/" + part.substring(slash) + ".rels";
    Map<String, Relation> relations = new HashMap<>();
    if (!entries.containsKey(key(relationsPart))) {
      return relations;
    }
    try (XmlPart xml = xml(relationsPart)) {
      while (xml.find("Relationship")) {
        String id = xml.attribute("Id");
        String type = xml.attribute("Type");
        String target = xml.attribute("Target");
        if (id != null && type != null && target != null) {
          relations.put(
              id, new Relation(type.substring(type.lastIndexOf('/') + 1), resolve(folder, target)));
        }
      }
    }
    return relations;
  }

  /// The name of the part that a relation of a part in a folder points to.
  private static String resolve(String folder, String target) {
    Deque<String> path = new ArrayDeque<>();
    for (String step : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
      switch (step) {
        case "", "." -> {
          // Leads nowhere.
        }
        case ".." -> path.pollLast();
        default -> path.addLast(step);
      }
    }
    return String.join("/", path);
  }

  private void readWorkbook(String workbook, Map<String, Relation> relations) {
    try (XmlPart xml = xml(workbook)) {
      while (xml.advance()) {
        if (xml.starts("workbookPr")) {
          String value = xml.attribute("date1904");
          dates1904 = "1".equals(value) || "true".equals(value);
        } else if (xml.starts("sheet")) {
          Relation relation = relations.get(String.valueOf(xml.anyAttribute("id")));
          String name = xml.attribute("name");
          if (relation != null && relation.kind.equals("worksheet") && name != null) {
            String state = xml.attribute("state");
            boolean visible = state == null || state.equals("visible");
            sheets.add(new Sheet(sheets.size() + 1, name, relation.target, visible));
          }
        }
      }
    }
  }

  /// The worksheets in the order of their tabs; chart sheets are left out.
  List<Sheet> sheets() {
    return List.copyOf(sheets);
  }

  boolean dates1904() {
    return dates1904;
  }

  /// The table of shared texts, read when it is first asked for.
  SharedTexts sharedTexts() {
    if (sharedTexts == null) {
      sharedTexts = readSharedTexts();
    }
    return sharedTexts;
  }

  private SharedTexts readSharedTexts() {
    if (sharedTextsPart == null || !entries.containsKey(key(sharedTextsPart))) {
      return SharedTexts.none();
    }
    try (XmlPart xml = xml(sharedTextsPart)) {
      return SharedTexts.read(xml, limits);
    }
  }

  CellFormats formats() {
    if (stylesPart == null || !entries.containsKey(key(stylesPart))) {
      return CellFormats.none();
    }
    try (XmlPart xml = xml(stylesPart)) {
      return CellFormats.read(xml);
    }
  }

  XmlPart xml(String part) {
    return new XmlPart(part, content(part), limits);
  }

  /// The unpacked size of a part as the archive claims it, at least 1.
  long size(String part) {
    return Math.max(1, entry(part).getSize());
  }

  /// Unpacks a part once, so that damage and excess are known before the first row is used.
  void verify(String part) {
    CRC32 sum = new CRC32();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = content(part)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        sum.update(chunk, 0, count);
      }
    } catch (IOException failed) {
      throw damaged(failed);
    }
    long expected = entry(part).getCrc();
    if (expected != -1 && expected != sum.getValue()) {
      throw new TabularException(
          Code.UNREADABLE,
          "the workbook is damaged (%s does not match its checksum); send it again"
              .formatted(part));
    }
  }

  private InputStream content(String part) {
    ZipEntry entry = entry(part);
    try {
      return new Unpacked(
          zip.getInputStream(entry), new Expansion(limits, part + " of the workbook"), entry);
    } catch (IOException failed) {
      throw damaged(failed);
    }
  }

  private ZipEntry entry(String part) {
    ZipEntry entry = entries.get(key(part));
    if (entry == null) {
      throw new TabularException(
          Code.UNREADABLE,
          "the workbook lacks its part %s; save and send it again".formatted(part));
    }
    return entry;
  }

  private static String key(String part) {
    return part.replace('\\', '/').toLowerCase(Locale.ROOT);
  }

  private static TabularException notATable(String message) {
    return new TabularException(Code.NOT_A_TABLE, message);
  }

  private static TabularException damaged(IOException failed) {
    if (failed instanceof ZipException
        && String.valueOf(failed.getMessage()).contains("encrypted")) {
      return new TabularException(
          Code.NOT_A_TABLE, "the workbook is protected by a password; save it without one", failed);
    }
    if (failed instanceof EOFException) {
      return new TabularException(
          Code.CUT_SHORT, "a part of the workbook is missing; send it again", failed);
    }
    return new TabularException(
        Code.UNREADABLE,
        "the workbook is damaged (%s); open it in a spreadsheet program, save it, and send it again"
            .formatted(failed.getMessage()),
        failed);
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException failed) {
      throw damaged(failed);
    }
  }

  /// The content of one entry, watched for bombs.
  private static final class Unpacked extends FilterInputStream {
    private final Expansion expansion;
    private final ZipEntry entry;

    Unpacked(InputStream in, Expansion expansion, ZipEntry entry) {
      super(in);
      this.expansion = expansion;
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      try {
        int count = super.read(into, offset, length);
        if (count > 0) {
          expansion.add(count, entry.getCompressedSize());
        }
        return count;
      } catch (IOException failed) {
        throw damaged(failed);
      }
    }
  }
}
