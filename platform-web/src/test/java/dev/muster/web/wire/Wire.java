package dev.muster.web.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A connection to a server on this machine; what is sent is not looked at. */
public final class Wire implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;

  private Wire(Socket socket) {
    this.socket = socket;
  }

  public static Wire to(int port) throws IOException {
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    return new Wire(socket);
  }

  /** All answers to these bytes; the server has to close the connection. */
  public static List<Answer> exchange(int port, byte[] bytes) throws IOException {
    try (var wire = to(port)) {
      wire.send(bytes);
      return wire.answers();
    }
  }

  public static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Whether the server still takes bytes. */
  public boolean takes(byte[] bytes) {
    try {
      send(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Everything until the server closes the connection. */
  public List<Answer> answers() throws IOException {
    var text = new String(all(socket.getInputStream()), ISO_8859_1);
    var answers = new ArrayList<Answer>();
    for (var rest = text; !rest.isEmpty(); rest = after(rest, answers.getLast())) {
      answers.add(Answer.first(rest));
    }
    return answers;
  }

  // The answer to a HEAD says how long its body would be.
  private static String after(String text, Answer answer) {
    return text.substring(Math.min(answer.length(), text.length()));
  }

  // A server that closes with bytes of ours unread resets; what it said before is there all the
  // same.
  private static byte[] all(InputStream in) throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      in.transferTo(read);
    } catch (SocketException e) {
      return read.toByteArray();
    }
    return read.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
