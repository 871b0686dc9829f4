package dev.muster.command.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A network between a client and a server. Cut, it carries nothing, and neither end is told. */
final class Cable implements AutoCloseable {

  private final URI server;
  private final ServerSocket entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new ArrayList<>();
  private boolean isCut;

  /**
   * @param jdbcUrl of the server at its other end
   */
  Cable(String jdbcUrl) throws IOException {
    this.server = URI.create(jdbcUrl.substring("jdbc:".length()));
    Thread.ofVirtual().start(this::accept);
  }

  /** The server's URL, by way of this cable. */
  String jdbcUrl() {
    return "jdbc:postgresql://localhost:%d%s".formatted(entry.getLocalPort(), server.getPath());
  }

  synchronized void cut() {
    isCut = true;
  }

  /** What was sent in the meantime arrives. */
  synchronized void mend() {
    isCut = false;
    notifyAll();
  }

  @Override
  public synchronized void close() throws IOException {
    mend();
    entry.close();
    for (var socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        connect(entry.accept());
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private synchronized void connect(Socket client) throws IOException {
    var behind = new Socket(server.getHost(), server.getPort());
    sockets.addAll(List.of(client, behind));
    Thread.ofVirtual().start(() -> carry(client, behind));
    Thread.ofVirtual().start(() -> carry(behind, client));
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      var bytes = new byte[8_192];
      for (var read = 0; read >= 0; read = from.getInputStream().read(bytes)) {
        awaitWhole();
        to.getOutputStream().write(bytes, 0, read);
      }
      awaitWhole();
    } catch (IOException | InterruptedException _) {
      // Either end is gone, and the other is told so.
    }
  }

  private synchronized void awaitWhole() throws InterruptedException {
    while (isCut) {
      wait();
    }
  }
}
