package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// One XML part of a workbook, read as a stream that hostile content cannot make grow in memory:
/// document type declarations are refused, a single piece of markup or text is bounded, and so is
/// the number of different names. Every fault becomes a [TabularException].
final class XmlPart implements AutoCloseable {
  private static final int BYTES_PER_CHAR = 12;
  private static final int SLACK = 1 << 17;
  private static final int MAX_NAMES = 4_000;

  private final String name;
  private final Guard guard;
  private final XMLStreamReader xml;
  private final Set<String> names = new HashSet<>();

  XmlPart(String name, InputStream in, Limits limits) {
    this.name = name;
    this.guard = new Guard(in, (long) limits.maxCellChars() * BYTES_PER_CHAR + SLACK);
    try {
      XMLInputFactory factory = new com.fasterxml.aalto.stax.InputFactoryImpl();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      this.xml = factory.createXMLStreamReader(guard);
    } catch (XMLStreamException | RuntimeException failed) {
      throw fault(failed);
    }
  }

  /// Goes on to the next start or end of an element, or to text inside one.
  ///
  /// @return false at the end of the part
  boolean advance() {
    try {
      if (!xml.hasNext()) {
        return false;
      }
      guard.restart();
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new TabularException(
            Code.UNREADABLE,
            "the workbook declares entities in %s, which no spreadsheet program does; it is refused"
                .formatted(name));
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        admitNames();
      }
      return true;
    } catch (XMLStreamException | RuntimeException failed) {
      throw fault(failed);
    }
  }

  private void admitNames() {
    names.add(xml.getLocalName());
    for (int place = 0; place < xml.getAttributeCount(); place++) {
      names.add(xml.getAttributeLocalName(place));
    }
    if (names.size() > MAX_NAMES) {
      throw new TabularException(
          Code.UNREADABLE,
          "%s of the workbook is not what a spreadsheet program writes".formatted(name));
    }
  }

  /// Goes on to the next start of an element of that local name.
  boolean find(String element) {
    while (advance()) {
      if (starts(element)) {
        return true;
      }
    }
    return false;
  }

  /// Goes on behind the end of the element that has just started.
  void skip() {
    int depth = 1;
    while (depth > 0 && advance()) {
      if (isStart()) {
        depth++;
      } else if (isEnd()) {
        depth--;
      }
    }
  }

  boolean isStart() {
    return xml.isStartElement();
  }

  boolean isEnd() {
    return xml.isEndElement();
  }

  boolean starts(String element) {
    return xml.isStartElement() && xml.getLocalName().equals(element);
  }

  boolean ends(String element) {
    return xml.isEndElement() && xml.getLocalName().equals(element);
  }

  String element() {
    return xml.getLocalName();
  }

  @Nullable String attribute(String attribute) {
    return xml.getAttributeValue(null, attribute);
  }

  /// An attribute by its local name, in whatever namespace.
  @Nullable String anyAttribute(String attribute) {
    for (int place = 0; place < xml.getAttributeCount(); place++) {
      if (xml.getAttributeLocalName(place).equals(attribute)) {
        return xml.getAttributeValue(place);
      }
    }
    return null;
  }

  /// Adds the text of the element that has just started, up to its end, elements inside left out.
  ///
  /// @return false when the text grew beyond the bound; the rest is skipped
  boolean text(StringBuilder into, int bound) {
    boolean within = true;
    while (advance()) {
      if (isStart()) {
        skip();
      } else if (isEnd()) {
        return within;
      } else if (within && isText()) {
        append(into);
        within = into.length() <= bound;
      }
    }
    return within;
  }

  private boolean isText() {
    int event = xml.getEventType();
    return event == XMLStreamConstants.CHARACTERS
        || event == XMLStreamConstants.CDATA
        || event == XMLStreamConstants.SPACE;
  }

  private void append(StringBuilder into) {
    try {
      into.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    } catch (RuntimeException failed) {
      throw fault(failed);
    }
  }

  /// Bytes of the part read so far, unpacked.
  long bytesRead() {
    return guard.total;
  }

  private TabularException fault(Exception failed) {
    Throwable cause = failed;
    while (cause != null) {
      if (cause instanceof TabularException known) {
        return known;
      }
      cause = cause.getCause();
    }
    return new TabularException(
        Code.UNREADABLE,
        "%s of the workbook is damaged; open the file in a spreadsheet program, save it, and send it again"
            .formatted(name),
        failed);
  }

  @Override
  public void close() {
    try {
      xml.close();
      guard.close();
    } catch (XMLStreamException | IOException failed) {
      throw fault(failed);
    }
  }

  /// Bounds what the parser may swallow for one event.
  private static final class Guard extends FilterInputStream {
    private final long bound;
    private long since;
    private long total;

    Guard(InputStream in, long bound) {
      super(in);
      this.bound = bound;
    }

    void restart() {
      since = 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        since += count;
        total += count;
        if (since > bound) {
          throw new TabularException(
              Code.TOO_LARGE,
              String.format(
                  Locale.ROOT,
                  "a single cell of the workbook has more than %,d bytes; shorten it",
                  bound));
        }
      }
      return count;
    }
  }
}
