package dev.entrepot.onboarding.tabular;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Workbooks made by hand, sound or not.
public final class Workbooks {
  /// Writes a part.
  interface Part {
    void write(OutputStream out) throws IOException;
  }

  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final StringBuilder sheets = new StringBuilder();
  private final StringBuilder relations = new StringBuilder();
  private String properties = "";
  private int sheetCount;

  Workbooks dates1904() {
    properties = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  /// Adds a sheet with the given rows, as XML.
  Workbooks sheet(String name, String attributes, String rows) {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>"
            .formatted(MAIN, rows);
    return sheetXml(name, attributes, out -> out.write(xml.getBytes(StandardCharsets.UTF_8)));
  }

  /// One sheet with the given rows, as XML.
  public Workbooks sheet(String rows) {
    return sheet("Products", "", rows);
  }

  Workbooks sheetXml(String name, String attributes, Part xml) {
    sheetCount++;
    sheets.append(
        "<sheet name=\"%s\" sheetId=\"%d\" %s r:id=\"rId%d\"/>"
            .formatted(name, sheetCount, attributes, sheetCount));
    relate("rId" + sheetCount, "worksheet", "worksheets/sheet" + sheetCount + ".xml");
    return part("xl/worksheets/sheet" + sheetCount + ".xml", xml);
  }

  Workbooks sharedTexts(String items) {
    relate("rIdTexts", "sharedStrings", "sharedStrings.xml");
    return part("xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, items));
  }

  Workbooks sharedTextsPart(Part xml) {
    relate("rIdTexts", "sharedStrings", "sharedStrings.xml");
    return part("xl/sharedStrings.xml", xml);
  }

  Workbooks styles(String content) {
    relate("rIdStyles", "styles", "styles.xml");
    return part(
        "xl/styles.xml", "<styleSheet xmlns=\"%s\">%s</styleSheet>".formatted(MAIN, content));
  }

  private void relate(String id, String kind, String target) {
    relations.append(
        "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>"
            .formatted(id, OFFICE, kind, target));
  }

  Workbooks part(String name, String content) {
    return part(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  Workbooks part(String name, Part content) {
    parts.put(name, content);
    return this;
  }

  /// The file.
  public byte[] bytes() {
    part(
        "_rels/.rels",
        "<Relationships xmlns=\"%s\"><Relationship Id=\"r1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            .formatted(RELATIONS, OFFICE));
    part(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\">%s<sheets>%s</sheets></workbook>"
            .formatted(MAIN, OFFICE, properties, sheets));
    part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"%s\">%s</Relationships>".formatted(RELATIONS, relations));
    return zip(parts);
  }

  static byte[] zip(Map<String, Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        part.getValue().write(zip);
        zip.closeEntry();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return bytes.toByteArray();
  }
}
