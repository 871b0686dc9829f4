package load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A kept connection, one call at a time; opened when it is needed, and again after a failure. */
public final class Connection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 70_000; // longer than a server may hold an answer

  private final int port;
  private Socket socket;
  private OutputStream out;
  private AnswerReader answers;

  public Connection(Target target) {
    this.port = target.port();
  }

  /** Returns {@link Answer#NONE} when there was no answer. */
  public Answer ask(Request request) {
    try {
      if (socket == null) {
        open();
      }
      out.write(request.bytes());
      var answer = answers.read();
      if (answer.last()) {
        close();
      }
      return answer;
    } catch (IOException | NumberFormatException e) {
      close();
      return Answer.NONE;
    }
  }

  private void open() throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    out = socket.getOutputStream();
    answers = new AnswerReader(socket.getInputStream());
  }

  @Override
  public void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more, closed or not.
      }
      socket = null;
    }
  }
}
