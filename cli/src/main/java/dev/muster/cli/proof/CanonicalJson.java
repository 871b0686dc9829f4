package dev.muster.cli.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes JSON in its canonical form, token by token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785.html">RFC 8785</a>
 */
final class CanonicalJson {

  private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

  /** Where a member stands, with the comma after it. */
  private record Member(String name, int begin, int end) {}

  private CanonicalJson() {}

  /**
   * The value that the parser is at; it is at its last token afterwards.
   *
   * @throws NotCanonicalException when it has none
   */
  static void value(JsonParser json, ByteText out) {
    switch (json.currentToken()) {
      case START_OBJECT -> object(json, out);
      case START_ARRAY -> array(json, out);
      case VALUE_STRING -> string(json.getString(), out);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.ascii(CanonicalNumber.of(json.getString()));
      case VALUE_TRUE -> out.ascii("true");
      case VALUE_FALSE -> out.ascii("false");
      case VALUE_NULL -> out.ascii("null");
      default -> throw new NotCanonicalException("no value");
    }
  }

  private static void object(JsonParser json, ByteText out) {
    out.add('{');
    var members = new ArrayList<Member>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      int begin = out.length();
      var name = json.currentName();
      string(name, out);
      out.add(':');
      json.nextToken();
      value(json, out);
      out.add(',');
      members.add(new Member(name, begin, out.length()));
    }
    sort(members, out);
    end('}', !members.isEmpty(), out);
  }

  private static void array(JsonParser json, ByteText out) {
    out.add('[');
    boolean any = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      value(json, out);
      out.add(',');
      any = true;
    }
    end(']', any, out);
  }

  /** In the place of the last comma, if there is one. */
  private static void end(char bracket, boolean any, ByteText out) {
    out.cutTo(out.length() - (any ? 1 : 0));
    out.add(bracket);
  }

  /** By UTF-16, which is the order of Java's strings. */
  private static void sort(List<Member> members, ByteText out) {
    boolean sorted = true;
    for (int i = 1; i < members.size(); i++) {
      sorted &= members.get(i - 1).name.compareTo(members.get(i).name) < 0;
    }
    if (sorted) {
      return;
    }
    int begin = members.getFirst().begin;
    var unsorted = new byte[out.length() - begin];
    System.arraycopy(out.array(), begin, unsorted, 0, unsorted.length);
    out.cutTo(begin);
    members.sort(BY_NAME);
    String before = null;
    for (var member : members) {
      if (member.name.equals(before)) {
        throw new NotCanonicalException("'%s' is there twice".formatted(before));
      }
      before = member.name;
      out.add(unsorted, member.begin - begin, member.end - member.begin);
    }
  }

  static void string(String text, ByteText out) {
    out.add('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c, out);
      } else if (Character.isSurrogate(c)) {
        i += pair(text, i, out);
      } else if (c < 0x800) {
        out.add(0xc0 | c >> 6);
        out.add(0x80 | c & 0x3f);
      } else {
        out.add(0xe0 | c >> 12);
        out.add(0x80 | c >> 6 & 0x3f);
        out.add(0x80 | c & 0x3f);
      }
    }
    out.add('"');
  }

  private static void ascii(char c, ByteText out) {
    switch (c) {
      case '"', '\\' -> {
        out.add('\\');
        out.add(c);
      }
      case '\b' -> out.ascii("\\b");
      case '\t' -> out.ascii("\\t");
      case '\n' -> out.ascii("\\n");
      case '\f' -> out.ascii("\\f");
      case '\r' -> out.ascii("\\r");
      default -> {
        if (c < ' ') {
          out.ascii("\\u" + HexFormat.of().toHexDigits(c));
        } else {
          out.add(c);
        }
      }
    }
  }

  /** Returns how many characters more than one it took. Half a pair is a question mark in Java. */
  private static int pair(String text, int at, ByteText out) {
    int codePoint = text.codePointAt(at);
    if (!Character.isSupplementaryCodePoint(codePoint)) {
      out.add('?');
      return 0;
    }
    out.add(0xf0 | codePoint >> 18);
    out.add(0x80 | codePoint >> 12 & 0x3f);
    out.add(0x80 | codePoint >> 6 & 0x3f);
    out.add(0x80 | codePoint & 0x3f);
    return 1;
  }
}
