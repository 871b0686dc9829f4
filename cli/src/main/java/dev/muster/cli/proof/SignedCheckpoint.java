package dev.muster.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log has committed to, and who signed that.
 *
 * @param note the whole of it, as the server gave it
 * @param origin name of the log
 * @param size entries
 * @param root of the tree over them
 * @see <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals alone
public record SignedCheckpoint(
    String note, String origin, long size, byte[] root, List<SignatureLine> signatures) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern SIGNATURE = Pattern.compile("— (\\S+) ([0-9A-Za-z+/]+=*)");
  private static final int ID = 4;

  /**
   * A line of a note.
   *
   * @param id which key of that name
   */
  record SignatureLine(String name, String id, byte[] signature) {}

  /**
   * @param from where it is from, for people
   * @throws Failure when it is none
   */
  public static SignedCheckpoint parse(String note, String from) {
    var end = note.lastIndexOf("\n\n");
    var text = end < 0 ? note : note.substring(0, end + 1);
    var lines = text.split("\n", -1);
    if (lines.length < 3 || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
      throw none(from);
    }
    try {
      var root = Base64.getDecoder().decode(lines[2]);
      if (root.length == LogHash.LENGTH) {
        var signatures = end < 0 ? List.<SignatureLine>of() : signatures(note.substring(end + 2));
        return new SignedCheckpoint(note, lines[0], Long.parseLong(lines[1]), root, signatures);
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for a root of another length.
    }
    throw none(from);
  }

  private static Failure none(String from) {
    return new Failure(
        Exit.USAGE,
        from + " is no checkpoint",
        "One is made by: curl -H \"X-API-Key: $KEY\" $MUSTER_URL/api/audit/checkpoint");
  }

  private static List<SignatureLine> signatures(String lines) {
    var signatures = new ArrayList<SignatureLine>();
    for (var line : lines.split("\n")) {
      var found = SIGNATURE.matcher(line);
      if (found.matches()) {
        var bytes = Base64.getDecoder().decode(found.group(2));
        if (bytes.length > ID) {
          var id = HexFormat.of().formatHex(bytes, 0, ID);
          var signature = Arrays.copyOfRange(bytes, ID, bytes.length);
          signatures.add(new SignatureLine(found.group(1), id, signature));
        }
      }
    }
    return signatures;
  }

  /**
   * Returns the one of the keys that has signed it.
   *
   * @param from where it is from, for people
   * @throws NotProvedException when none has
   */
  public LogKey signedBy(List<LogKey> keys, String from) {
    if (signatures.isEmpty()) {
      throw new NotProvedException("%s is not signed".formatted(from));
    }
    var text = note.substring(0, note.lastIndexOf("\n\n") + 1).getBytes(UTF_8);
    for (var key : keys) {
      for (var line : signatures) {
        if (line.name.equals(key.name()) && line.id.equals(key.id())) {
          if (key.hasSigned(text, line.signature)) {
            return ofItsLog(key, from);
          }
          throw new NotProvedException(
              "%s was changed: its signature is not that of %s+%s over this text"
                  .formatted(from, key.name(), key.id()));
        }
      }
    }
    throw new NotProvedException(
        "%s is signed by another key: %s, not %s"
            .formatted(
                from,
                signatures.stream().map(line -> line.name + "+" + line.id).toList(),
                keys.stream().map(key -> key.name() + "+" + key.id()).toList()));
  }

  private LogKey ofItsLog(LogKey key, String from) {
    if (!key.name().equals(origin)) {
      throw new NotProvedException(
          "%s is of the log '%s', and the key is that of '%s'".formatted(from, origin, key.name()));
    }
    return key;
  }

  boolean hasRoot(byte[] other) {
    return Arrays.equals(root, other);
  }
}
