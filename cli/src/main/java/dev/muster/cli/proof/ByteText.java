package dev.muster.cli.proof;

import java.util.Arrays;

/** UTF-8 that grows; its bytes are used where they are, for there are many rows. */
final class ByteText {

  private static final int FIRST = 1 << 10;

  private byte[] bytes = new byte[FIRST];
  private int length;

  int length() {
    return length;
  }

  /** The array that it is in; what lies after {@link #length()} is of no meaning. */
  byte[] array() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void cutTo(int shorter) {
    length = shorter;
  }

  void add(int one) {
    reserve(1);
    bytes[length++] = (byte) one;
  }

  void add(byte[] from, int begin, int count) {
    reserve(count);
    System.arraycopy(from, begin, bytes, length, count);
    length += count;
  }

  void add(byte[] all) {
    add(all, 0, all.length);
  }

  void ascii(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
