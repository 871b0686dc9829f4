package dev.muster.cli.access;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.ApiProblemException;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.JsonText;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a key is and may do, by calls that change nothing. */
public final class Caller {

  private static final Pattern KEY = Pattern.compile("ik_([0-9A-Za-z]{8})_.+");
  private static final String NO_INSTANCE = "/api/instances/inst_00000000000000000000000000";

  private final Api api;

  public Caller(Api api) {
    this.api = api;
  }

  /** {@code {url, from, id, name, scopes, expires_at}}; name and end are known to admins only. */
  public JsonNode whoAmI() {
    var key =
        api.server()
            .key()
            .orElseThrow(
                () ->
                    new Failure(
                        Exit.NOT_ALLOWED,
                        "there is no key for " + api.server().url(),
                        "Next: muster login, or set MUSTER_API_KEY"));
    var matcher = KEY.matcher(key);
    var id = matcher.matches() ? "key_" + matcher.group(1) : "";
    var who =
        JsonText.MAPPER
            .createObjectNode()
            .put("url", api.server().url().toString())
            .put("from", api.server().from())
            .put("id", id.isEmpty() ? null : id);
    boolean mayRead = mayRead();
    var keys = api.sendAnyway(Call.get("/api/keys?limit=1000"));
    if (keys.status() == 200) {
      return withRow(who, find(keys.json(), id));
    }
    var scopes = who.putNull("name").putArray("scopes");
    if (mayRead) {
      scopes.add("read");
    }
    if (allows(NO_INSTANCE + "/ssh")) {
      scopes.add("operate");
    }
    if (allows("/api/audit/key")) {
      scopes.add("audit");
    }
    return who;
  }

  /**
   * Regions are for those who read, and instances for auditors, too. A key that is not valid is
   * told so, whatever is asked.
   */
  private boolean mayRead() {
    try {
      api.get("/api/regions");
      return true;
    } catch (ApiProblemException e) {
      if (e.status() != 403) {
        throw e;
      }
      return false;
    }
  }

  private boolean allows(String path) {
    int status = api.sendAnyway(Call.get(path)).status();
    return status != 401 && status != 403;
  }

  private static Optional<JsonNode> find(JsonNode keys, String id) {
    return keys.valueStream().filter(key -> key.path("id").asString().equals(id)).findFirst();
  }

  private static JsonNode withRow(ObjectNode who, Optional<JsonNode> row) {
    row.ifPresentOrElse(
        key -> {
          who.set("name", key.path("name"));
          who.set("scopes", key.path("scopes"));
          who.set("expires_at", key.path("expires_at"));
        },
        // The admin key of the settings is in no list.
        () -> who.put("name", "admin").putArray("scopes").add("admin"));
    return who;
  }
}
