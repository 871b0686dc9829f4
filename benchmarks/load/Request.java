package load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.StandardCharsets;

/** A call whose bytes are made once, before anything is measured. */
public record Request(byte[] bytes) {

  public static Request get(Target target, String path) {
    return new Request((head("GET", target, path) + "\r\n").getBytes(ISO_8859_1));
  }

  public static Request delete(Target target, String path) {
    return new Request((head("DELETE", target, path) + "\r\n").getBytes(ISO_8859_1));
  }

  /** With a body of JSON; an empty one is sent as no body. */
  public static Request post(Target target, String path, String json) {
    var body = json.getBytes(StandardCharsets.UTF_8);
    var type = body.length == 0 ? "" : "Content-Type: application/json\r\n";
    var head = head("POST", target, path) + type + "Content-Length: " + body.length + "\r\n\r\n";
    return new Request((head + json).getBytes(StandardCharsets.UTF_8));
  }

  private static String head(String method, Target target, String path) {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-API-Key: %s\r\n"
        .formatted(method, path, target.port(), target.key());
  }
}
