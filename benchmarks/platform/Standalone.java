package platform;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import load.Answer;
import load.Connection;
import load.Request;
import load.Target;
import machine.ProcessFiles;

/**
 * {@code ./muster up} on a folder of its own: everything in one JVM. Ended, with its folder, when
 * it is closed and when this process is told to end.
 */
public final class Standalone implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(\\{.*})? ([-+0-9.E]+)$");

  private static final Pattern ID = Pattern.compile("\"id\":\"(inst_\\w+)\"");

  private final Path muster;
  private final Path folder;
  private final Setup setup;
  private final int port = freePort();
  private final int opsPort = freePort();
  private final Target ops = new Target(opsPort, "");
  private final Thread ending = new Thread(this::end, "ending");
  private volatile Process process;
  private volatile Target target;
  private volatile boolean ended;

  private Standalone(Path muster, Path folder, Setup setup) throws IOException {
    this.muster = muster;
    this.folder = folder;
    this.setup = setup;
  }

  /** Returns when it is ready. */
  public static Standalone start(Path muster, Setup setup) throws Exception {
    // Others must be able to pass, or no instance can have a user of its own.
    var passable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    var folder = Files.createTempDirectory("muster-bench", passable);
    var platform = new Standalone(muster, folder, setup);
    Runtime.getRuntime().addShutdownHook(platform.ending);
    try {
      platform.launch();
      return platform;
    } catch (Exception e) {
      System.err.println(platform.said());
      platform.close();
      throw e;
    }
  }

  private void launch() throws Exception {
    if (ended) {
      throw new IllegalStateException("the benchmark is being ended");
    }
    var command =
        new ArrayList<>(
            List.of("setsid", muster.toString(), "up", "--data", data().toString(), "--port"));
    command.add("" + port);
    if (!setup.config().isEmpty()) {
      command.add("--config");
      command.add(Files.writeString(folder.resolve("config.yaml"), setup.config()).toString());
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()));
    builder.environment().putAll(setup.environment());
    builder.environment().put("MUSTER_OPS_PORT", "" + opsPort);
    // Contexts of the command line are a person's own.
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    process = builder.start();
    if (ended) {
      process.destroy();
    }
    awaitReady();
    target = new Target(port, Files.readString(data().resolve("admin.key")).strip());
  }

  private void awaitReady() throws InterruptedException {
    var healthz = Request.get(new Target(port, ""), "/healthz");
    try (var connection = new Connection(new Target(port, ""))) {
      await(
          "the platform to be ready",
          Duration.ofMillis(20),
          () -> {
            if (!process.isAlive()) {
              throw new IllegalStateException("the platform does not start");
            }
            return connection.ask(healthz).status() == 200;
          });
    }
  }

  /** Stops it, starts it on the same data, and returns the seconds from the start to ready. */
  public double restart() throws Exception {
    stop();
    long begun = System.nanoTime();
    launch();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** The same, without what the read side had: it is made again from the topics. */
  public double rebuild() throws Exception {
    stop();
    delete(data().resolve("mongodb"));
    long begun = System.nanoTime();
    launch();
    return (System.nanoTime() - begun) / 1e9;
  }

  public Target target() {
    return target;
  }

  /** One call; for those that are not measured. */
  public Answer ask(Request request) {
    try (var connection = new Connection(target)) {
      return connection.ask(request);
    }
  }

  /** How many outcomes of hosts have become events since it started. */
  public long outcomes() {
    return (long) metric("muster_outcomes_total", "result=\"recorded\"");
  }

  /** Waits until so many outcomes have become events, and the read side has seen everything. */
  public void settle(long outcomes) throws InterruptedException {
    await(outcomes + " outcomes", Duration.ofMillis(50), () -> outcomes() >= outcomes);
    await(
        "the read side to catch up",
        Duration.ofMillis(50),
        () -> metric("muster_projection_lag_events", "") == 0);
  }

  private double metric(String name, String label) {
    return metrics(name).entrySet().stream()
        .filter(sample -> sample.getKey().contains(label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** What a metric says, by its labels as they are written. */
  public Map<String, Double> metrics(String name) {
    try (var connection = new Connection(ops)) {
      return SAMPLE
          .matcher(connection.ask(Request.get(ops, "/metrics")).text())
          .results()
          .filter(found -> found.group(1).equals(name))
          .collect(
              Collectors.toMap(
                  found -> String.valueOf(found.group(2)),
                  found -> Double.parseDouble(found.group(3)),
                  Double::sum));
    }
  }

  /** CPU that the JVM and PostgreSQL have used so far, in milliseconds. */
  public double cpuMillis() {
    return ProcessFiles.cpuMillis(process.pid()) + postgresqlCpuMillis();
  }

  /** CPU that PostgreSQL has used so far, in milliseconds. */
  public double postgresqlCpuMillis() {
    return Arrays.stream(ProcessFiles.family(postmaster()))
        .mapToDouble(ProcessFiles::cpuMillis)
        .sum();
  }

  /** Of the JVM. */
  public long pid() {
    return process.pid();
  }

  public double residentMib() {
    return ProcessFiles.residentMib(process.pid());
  }

  public double postgresqlMib() {
    return Arrays.stream(ProcessFiles.family(postmaster()))
        .mapToDouble(ProcessFiles::proportionalMib)
        .sum();
  }

  /** What the heap holds after a collection. */
  public double heapMib() throws Exception {
    jcmd("GC.run");
    return Pattern.compile(
                "(?m)^(?!.*(?:[Mm]etaspace|class space)).*?total \\D*(\\d+)K.*? used (\\d+)K")
            .matcher(jcmd("GC.heap_info"))
            .results()
            .mapToLong(found -> Long.parseLong(found.group(2)))
            .sum()
        / 1024.0;
  }

  private String jcmd(String command) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var asked = new ProcessBuilder(jcmd, "" + process.pid(), command).start();
    var said = new String(asked.getInputStream().readAllBytes());
    asked.waitFor();
    return said;
  }

  /** A table of its own in the PostgreSQL of this platform. */
  public Floor floor() throws Exception {
    return Floor.in(postgresqlPort(), postgresqlPassword());
  }

  /** The platform's own database. */
  public java.sql.Connection database() throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + postgresqlPort() + "/muster",
        Floor.USER,
        postgresqlPassword());
  }

  private int postgresqlPort() throws IOException {
    var file = data().resolve("postgresql/cluster/postmaster.pid");
    return Integer.parseInt(Files.readAllLines(file).get(3));
  }

  private String postgresqlPassword() throws IOException {
    return Files.readString(data().resolve("postgresql/password")).strip();
  }

  private long postmaster() {
    try {
      var file = data().resolve("postgresql/cluster/postmaster.pid");
      return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL does not run", e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String said() throws IOException {
    var file = folder.resolve("said");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  static void await(String what, Duration pause, BooleanSupplier condition)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      Thread.sleep(pause);
    }
  }

  private void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // This process is being ended, and the hook finds nothing to do.
    }
  }

  // The second to come waits for the first: this process must not end in the middle of it.
  private synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      if (process != null) {
        if (setup.actsOnThisMachine() && process.isAlive()) {
          deleteInstances();
        }
        stop();
      }
      delete(folder);
    } catch (InterruptedException | IOException e) {
      System.err.println("left behind: " + folder + ": " + e.getMessage());
    }
  }

  // They would go on without the platform.
  private void deleteInstances() {
    if (target == null) {
      return;
    }
    ID.matcher(ask(Request.get(target, "/api/instances?limit=1000")).text())
        .results()
        .forEach(found -> ask(Request.delete(target, "/api/instances/" + found.group(1))));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no port is free", e);
    }
  }
}
