package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir Path folder;

  @Test
  void a_restart_on_another_port_finds_what_was_written() throws SQLException {
    try (var first = EmbeddedPostgres.start(folder, 0)) {
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (var second = EmbeddedPostgres.start(folder, FreePort.any())) {
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void a_kept_database_syncs_to_disk_and_lets_nobody_in_without_the_password() throws Exception {
    try (var server = EmbeddedPostgres.start(folder, 0)) {
      assertThat(query(server, "SHOW fsync")).isEqualTo("on");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("password"))))
          .isEqualTo("rw-------");
      assertThat(connectionRefused(server.jdbcUrl(), server.username(), "guess")).isTrue();
    }
  }

  @Test
  void a_new_database_is_empty_and_its_own() throws SQLException {
    var server = TestServers.shared().postgres();
    var tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    var first = server.newDatabase();
    var second = server.newDatabase();
    try (var connection = DriverManager.getConnection(first, server.username(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (id int)");
    }
    try (var connection =
            DriverManager.getConnection(second, server.username(), server.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(tables)) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  @Test
  void a_folder_may_have_a_name_that_a_shell_would_read_otherwise() throws Exception {
    var odd = folder.resolve("it's $HOME `id` ä \"q\" %s \\n");
    try (var first = EmbeddedPostgres.start(odd, 0)) {
      assertThat(query(first, "SELECT 41 + 1")).isEqualTo("42");
    }
    var elsewhere = Files.move(odd, folder.resolve("moved"));
    try (var second = EmbeddedPostgres.start(elsewhere, 0)) {
      assertThat(query(second, "SELECT 41 + 1")).isEqualTo("42");
    }
  }

  @Test
  void a_start_after_a_crash_stops_the_server_left_behind() throws Exception {
    var child = startInAnotherJvm();
    long left = postmaster();
    // The watchdog goes first, as when everything but the server is killed.
    child.descendants().forEach(ProcessHandle::destroyForcibly);
    child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(runs(left)).isTrue();

    try (var next = EmbeddedPostgres.start(folder, 0)) {
      assertThat(runs(left)).isFalse();
      assertThat(query(next, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void a_server_that_is_killed_comes_back_on_the_same_port() throws Exception {
    try (var server = EmbeddedPostgres.start(folder, 0)) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

      long killed = postmaster();

      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(postmaster()).isNotEqualTo(killed);
                assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
              });
    }
  }

  @Test
  void a_pid_file_that_names_another_process_is_no_obstacle() throws Exception {
    EmbeddedPostgres.start(folder, 0).close();
    var pidFile = folder.resolve("cluster/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder + "\n");

    try (var server = EmbeddedPostgres.start(folder, 0)) {
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_killed_jvm_takes_its_server_with_it() throws Exception {
    var child = startInAnotherJvm();
    long server = postmaster();

    child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    await().atMost(Duration.ofSeconds(30)).until(() -> !runs(server));
    try (var next = EmbeddedPostgres.start(folder, 0)) {
      assertThat(query(next, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  private Process startInAnotherJvm() throws Exception {
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("ready")));
    return child;
  }

  /** Starts a server, says so, and waits to be killed. */
  static final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Exception {
      var folder = Path.of(arguments[0]);
      var server = EmbeddedPostgres.start(folder, 0);
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      Files.createFile(folder.resolve("ready"));
      new CountDownLatch(1).await(5, TimeUnit.MINUTES);
    }
  }

  private long postmaster() throws Exception {
    return new PostgresCluster(folder, new PostgresProgram(folder)).postmaster().orElseThrow();
  }

  /** What has ended and waits to be reaped has no program any more. */
  private static boolean runs(long pid) {
    return Files.exists(Path.of("/proc", Long.toString(pid), "exe"));
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static boolean connectionRefused(String url, String user, String password) {
    try (var connection = DriverManager.getConnection(url, user, password)) {
      return connection.isClosed();
    } catch (SQLException e) {
      return "28P01".equals(e.getSQLState());
    }
  }
}
