package load;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What came back.
 *
 * @param status of HTTP; 0 when the connection failed instead
 * @param retryAfter whether it says when to come again
 * @param last whether the server closes the connection after it
 */
public record Answer(int status, boolean retryAfter, boolean last, byte[] body) {

  public static final Answer NONE = new Answer(0, false, true, new byte[0]);

  public boolean isGood() {
    return status / 100 == 2;
  }

  public String text() {
    return new String(body, UTF_8);
  }

  /** The first {@code "id"} in the body, or nothing between the quotes when there is none. */
  public String id() {
    var text = text();
    int from = text.indexOf("\"id\":\"") + 6;
    return from < 6 ? "" : text.substring(from, text.indexOf('"', from));
  }
}
