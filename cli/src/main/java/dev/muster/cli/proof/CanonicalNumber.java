package dev.muster.cli.proof;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as ECMAScript writes them, which is how canonical JSON has them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785.html#section-3.2.2.3">RFC 8785, section
 *     3.2.2.3</a>
 */
final class CanonicalNumber {

  /** So many digits of an integer are exact in a double, however it is rounded. */
  private static final int EXACT = 15;

  private static final int MOST_WITHOUT_EXPONENT = 21;
  private static final int LEAST_WITHOUT_EXPONENT = -6;

  private CanonicalNumber() {}

  /**
   * @param number as JSON has it
   * @throws NotCanonicalException when a double cannot hold it
   */
  static String of(String number) {
    return isShortInteger(number) ? number : of(Double.parseDouble(number));
  }

  private static boolean isShortInteger(String number) {
    if (number.length() > EXACT || number.equals("-0")) {
      return false;
    }
    for (int i = number.charAt(0) == '-' ? 1 : 0; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  static String of(double number) {
    if (!Double.isFinite(number)) {
      throw new NotCanonicalException("a number is too large");
    }
    if (number == 0) {
      return "0";
    }
    var shortest = shortest(Math.abs(number));
    return (number < 0 ? "-" : "") + written(shortest);
  }

  /** Java writes two digits at least, and then those of two that are closest. */
  private static BigDecimal shortest(double positive) {
    var number = new BigDecimal(Double.toString(positive)).stripTrailingZeros();
    if (number.precision() == 2) {
      var one = number.round(new MathContext(1));
      if (one.doubleValue() == positive) {
        return one.stripTrailingZeros();
      }
    }
    return number;
  }

  private static String written(BigDecimal number) {
    var digits = number.unscaledValue().toString();
    int point = digits.length() - number.scale();
    if (digits.length() <= point && point <= MOST_WITHOUT_EXPONENT) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= MOST_WITHOUT_EXPONENT) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (LEAST_WITHOUT_EXPONENT < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    return digits.charAt(0)
        + (digits.length() == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
