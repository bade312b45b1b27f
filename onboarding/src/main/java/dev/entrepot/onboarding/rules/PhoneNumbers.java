package dev.entrepot.onboarding.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

/// Phone numbers by libphonenumber, whose tables are loaded when the first number is looked at.
final class PhoneNumbers {
  private static final int LONGEST = 60;

  private PhoneNumbers() {}

  /// @param region where numbers without country code are from, an ISO 3166-1 code
  static boolean valid(String text, String region) {
    if (text.length() > LONGEST) {
      return false;
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      return numbers.isValidNumber(numbers.parse(text, region));
    } catch (NumberParseException e) {
      return false;
    }
  }

  static String example(String region) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    var example = numbers.getExampleNumber(region);
    return example == null
        ? "+1 201-555-0123"
        : numbers.format(example, PhoneNumberFormat.INTERNATIONAL);
  }
}
