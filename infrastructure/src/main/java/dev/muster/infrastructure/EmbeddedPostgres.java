package dev.muster.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a process of its own, on loopback, over a data folder that is kept. Comes
 * back when it dies, and stops when the JVM that started it ends, however that ends.
 */
public final class EmbeddedPostgres implements PostgresServer {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String DATABASE = "muster";
  private static final long LOG_BYTES = 8L << 20;

  private final PostgresCluster cluster;
  private final int port;
  private final List<String> settings;
  private final String password;
  private @Nullable Watchdog watchdog;
  private boolean closed;

  private EmbeddedPostgres(PostgresCluster cluster, int port, List<String> settings)
      throws IOException {
    this.cluster = cluster;
    this.port = port;
    this.settings = settings;
    this.password = cluster.password();
  }

  /**
   * Starts on the data in the folder, which is made when missing. A server that a killed JVM left
   * running on it is stopped first.
   *
   * @param port on 127.0.0.1, 0 for any that is free
   * @throws ServerStartException when it cannot be started, saying why
   */
  public static EmbeddedPostgres start(Path folder, int port) {
    return start(folder, port, List.of("shared_buffers=64MB"));
  }

  /** Like {@link #start}, for data that nobody misses after a power cut. */
  static EmbeddedPostgres startThrowaway(Path folder, int port) {
    return start(
        folder,
        port,
        List.of("shared_buffers=32MB", "fsync=off", "full_page_writes=off", "max_connections=300"));
  }

  private static EmbeddedPostgres start(Path folder, int port, List<String> settings) {
    var program = new PostgresProgram(PostgresBinaries.unpacked());
    var cluster = new PostgresCluster(folder.toAbsolutePath(), program);
    try {
      cluster.create();
      stopLeftover(cluster);
      var server = new EmbeddedPostgres(cluster, FreePort.orGiven(port), settings);
      server.launch();
      server.createDatabase();
      PostgresKeeper.keep(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot use " + folder, e);
    } catch (SQLException e) {
      throw new ServerStartException("PostgreSQL started, but refuses: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while PostgreSQL started", e);
    }
  }

  private static void stopLeftover(PostgresCluster cluster)
      throws IOException, InterruptedException {
    var postmaster = cluster.postmaster();
    if (postmaster.isPresent()) {
      log.info("stopping a PostgreSQL left running pid={}", postmaster.getAsLong());
      stop(cluster);
    }
    Files.deleteIfExists(cluster.data().resolve("postmaster.pid"));
  }

  private void launch() throws IOException, InterruptedException {
    startLogAnew(cluster.log());
    var arguments =
        List.of(
            "start",
            "--wait",
            "--timeout=100",
            "--pgdata=" + cluster.data().getFileName(),
            "--log=" + cluster.log().getFileName(),
            "--options=" + options(port, settings));
    var result = cluster.run("pg_ctl", arguments);
    if (result.status() != 0) {
      throw new ServerStartException(
          "PostgreSQL does not start on port %d; %s says why".formatted(port, cluster.log()));
    }
    watchdog = Watchdog.over(cluster.postmaster().orElseThrow());
  }

  /**
   * Starts it again, on the same port, when it has died.
   *
   * @throws ServerStartException when it does not start
   */
  synchronized void revive() throws IOException, InterruptedException {
    if (!closed && cluster.postmaster().isEmpty()) {
      log.warn("PostgreSQL died and is started again; its log says why log={}", cluster.log());
      dismissWatchdog();
      Files.deleteIfExists(cluster.data().resolve("postmaster.pid"));
      launch();
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private static String options(int port, List<String> settings) {
    var all = new ArrayList<String>();
    all.add("port=" + port);
    all.add("listen_addresses=127.0.0.1");
    all.add("unix_socket_directories=");
    all.add("max_connections=100");
    all.add("wal_level=minimal");
    all.add("max_wal_senders=0");
    all.add("max_wal_size=512MB");
    all.add("io_method=sync");
    all.add("jit=off");
    all.add("log_checkpoints=off");
    // Errors of statements reach their client; here they would only grow the file.
    all.add("log_min_messages=log");
    all.addAll(settings);
    return all.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
  }

  private static void startLogAnew(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > LOG_BYTES) {
      Files.move(file, Path.of(file + ".old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void createDatabase() throws SQLException {
    try (var connection = DriverManager.getConnection(url("postgres"), username(), password);
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  @Override
  public String jdbcUrl() {
    return url(DATABASE);
  }

  @Override
  public String username() {
    return PostgresCluster.USER;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      dismissWatchdog();
      if (cluster.postmaster().isPresent()) {
        stop(cluster);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dismissWatchdog() throws IOException {
    if (watchdog != null) {
      watchdog.close();
      watchdog = null;
    }
  }

  private static void stop(PostgresCluster cluster) throws IOException, InterruptedException {
    for (var mode : List.of("fast", "immediate")) {
      var arguments =
          List.of(
              "stop",
              "--wait",
              "--timeout=10",
              "--mode=" + mode,
              "--pgdata=" + cluster.data().getFileName());
      if (cluster.run("pg_ctl", arguments).status() == 0 || cluster.postmaster().isEmpty()) {
        return;
      }
    }
    throw new ServerStartException("PostgreSQL in %s does not stop".formatted(cluster.data()));
  }
}
