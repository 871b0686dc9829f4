package dev.muster.cli.api;

import dev.muster.cli.context.Server;

/** The curl line that makes the same call, with the key masked. */
final class CurlLine {

  private CurlLine() {}

  static String of(Server server, Call call) {
    var line = new StringBuilder("curl");
    if (!call.method().equals("GET")) {
      line.append(" -X ").append(call.method());
    }
    line.append(' ').append(quoted(server.url() + call.path()));
    if (server.key().isPresent()) {
      line.append(" -H \"X-API-Key: $MUSTER_API_KEY\"");
    }
    call.headers()
        .forEach((name, value) -> line.append(" -H ").append(quoted(name + ": " + value)));
    if (!call.body().isEmpty()) {
      line.append(" -H 'Content-Type: application/json' -d ").append(quoted(call.body()));
    }
    return line.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
