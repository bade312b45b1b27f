package dev.entrepot.inbox.hotstore;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.model.Page;
import dev.entrepot.storage.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which page of a list in the order of accounts and ids.
///
/// @param account behind this one and
/// @param id this one; both empty at the beginning
record PageRequest(String account, String id, int size) {

  /// @throws InboxException INVALID
  static PageRequest of(@Nullable String cursor, int size) {
    if (size < 1 || size > HotStore.LARGEST_PAGE) {
      throw new InboxException(
          Code.INVALID,
          "size",
          "a page has 1 to "
              + HotStore.LARGEST_PAGE
              + " items, not "
              + size
              + "; ask for that many");
    }
    return cursor == null ? new PageRequest("", "", size) : parse(cursor, size);
  }

  private static PageRequest parse(String cursor, int size) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int end = text.indexOf(LookupText.SEPARATOR);
      if (end < 0 || !StorableText.accepts(text)) {
        throw broken();
      }
      return new PageRequest(text.substring(0, end), text.substring(end + 1), size);
    } catch (IllegalArgumentException e) {
      throw broken();
    }
  }

  private static InboxException broken() {
    return new InboxException(
        Code.INVALID,
        "cursor",
        "the cursor is not one that a page of this list gave; start again without one");
  }

  /// One more than the page has tells whether there is a next one.
  int lookAhead() {
    return size + 1;
  }

  /// The page of what was found when looking up [#lookAhead] items.
  Page<Entity> page(List<Entity> found) {
    if (found.size() <= size) {
      return new Page<>(found, null);
    }
    List<Entity> shown = found.subList(0, size);
    EntityKey last = shown.getLast().key();
    String text = last.account() + LookupText.SEPARATOR + last.id();
    return new Page<>(
        shown,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
