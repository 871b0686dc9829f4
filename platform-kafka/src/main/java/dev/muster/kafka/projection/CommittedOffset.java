package dev.muster.kafka.projection;

/**
 * What the broker keeps of a partition for a feed, whatever becomes of the read store: a store that
 * is filled again is filled under the same mark.
 *
 * @param next everything before this offset was projected at least once
 * @param note a number that the projection wants to find again, 0 at first
 */
public record CommittedOffset(long next, long note) {

  public static final CommittedOffset NONE = new CommittedOffset(0, 0);

  String text() {
    return "note=" + note;
  }

  static CommittedOffset parse(long next, String text) {
    var digits = text.startsWith("note=") ? text.substring("note=".length()) : "";
    return new CommittedOffset(next, digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0);
  }

  CommittedOffset atLeast(CommittedOffset other) {
    return new CommittedOffset(Math.max(next, other.next), Math.max(note, other.note));
  }
}
