package dev.entrepot.onboarding;

import dev.entrepot.model.Page;
import dev.entrepot.onboarding.OnboardingException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The place in a list after which a page begins: the sort key of the last item that was shown. As
/// text it is opaque to those who page.
///
/// @param key the sort key, in the form its list understands
public record Cursor(String key) {

  /// The most items of a page.
  public static final int MAX_SIZE = 1_000;

  /// @param text as [#text()] gave it; null: the beginning of the list
  /// @throws OnboardingException INVALID when it was not made by [#text()]
  public static Optional<Cursor> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Optional.of(
          new Cursor(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw broken();
    }
  }

  /// The opaque form.
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /// The key as a number.
  public long int8() {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw broken();
    }
  }

  /// The key as an identifier.
  public UUID uuid() {
    try {
      return UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw broken();
    }
  }

  /// How many items to look up for a page of `size`: one more, to know whether there is a next one.
  ///
  /// @throws OnboardingException INVALID when the size is not 1 to [#MAX_SIZE]
  public static int lookAhead(int size) {
    if (size < 1 || size > MAX_SIZE) {
      throw new OnboardingException(
          Code.INVALID,
          "size",
          "a page has 1 to " + MAX_SIZE + " items, not " + size + "; ask for that many");
    }
    return size + 1;
  }

  /// The page of what was found when looking up [#lookAhead] items.
  ///
  /// @param key gives an item's sort key
  public static <T> Page<T> page(List<T> found, int size, Function<? super T, ?> key) {
    if (found.size() <= size) {
      return new Page<>(found, null);
    }
    List<T> shown = found.subList(0, size);
    return new Page<>(shown, new Cursor(String.valueOf(key.apply(shown.getLast()))).text());
  }

  private static OnboardingException broken() {
    return new OnboardingException(
        Code.INVALID,
        "cursor",
        "the cursor is not one that a page of this list gave; start again without one");
  }
}
