package dev.muster.worker.driver.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to an engine that can be away while the engine is not. */
final class EngineProxy implements AutoCloseable {

  private final Path engine;
  private final Path socket;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private ServerSocketChannel server;

  EngineProxy(String engineUrl, Path socket) throws IOException {
    this.engine = Path.of(URI.create(engineUrl).getPath());
    this.socket = socket;
    this.server = listen();
  }

  String url() {
    return "unix://" + socket;
  }

  void start() throws IOException {
    server = listen();
  }

  void stop() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    for (var channel : open) {
      channel.close();
    }
    open.clear();
  }

  private ServerSocketChannel listen() throws IOException {
    var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> accept(listening));
    return listening;
  }

  private void accept(ServerSocketChannel from) {
    try {
      while (true) {
        var client = from.accept();
        var target = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        open.add(client);
        open.add(target);
        Thread.ofVirtual().start(() -> copy(client, target));
        Thread.ofVirtual().start(() -> copy(target, client));
      }
    } catch (IOException e) {
      // Stopped.
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(8192);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side is gone.
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
