package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The engine that the tests of the driver use: that of {@code DOCKER_HOST}. They are skipped
 * without one. No registry is asked: the image is made of this machine's busybox.
 */
final class TestEngine {

  static final String IMAGE = "muster/test-programs:2";

  private static final Logger log = LoggerFactory.getLogger(TestEngine.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final String url;
  private final DockerEngine engine;

  private TestEngine(String url) {
    this.url = url;
    this.engine = new DockerEngine("of the tests", url);
  }

  static TestEngine open() {
    var url = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("");
    needs(!url.isEmpty(), "DOCKER_HOST names no engine");
    needs(Files.isExecutable(BUSYBOX), "there is no %s to make an image of".formatted(BUSYBOX));
    var engine = new TestEngine(url);
    needs(engine.answers(), "no engine answers at " + url);
    engine.makeImage();
    return engine;
  }

  private static void needs(boolean isThere, String otherwise) {
    var said = "the docker driver is not tested: " + otherwise;
    if (Boolean.getBoolean("muster.docker.required")) {
      assertThat(isThere).as(said).isTrue();
    }
    if (!isThere && !WARNED.getAndSet(true)) {
      log.warn(said);
    }
    assumeTrue(isThere, said);
  }

  String url() {
    return url;
  }

  DockerEngine api() {
    return engine;
  }

  private boolean answers() {
    try {
      return engine.find("/version").isPresent();
    } catch (HostFaultException e) {
      return false;
    }
  }

  private void makeImage() {
    if (engine.find("/images/" + IMAGE + "/json").isPresent()) {
      return;
    }
    try {
      var root = Files.createTempDirectory("muster-image");
      for (var folder : List.of("bin", "tmp", "etc", "proc", "sys", "dev", "root")) {
        Files.createDirectories(root.resolve(folder));
      }
      Files.copy(BUSYBOX, root.resolve("bin/busybox"));
      for (var link :
          List.of(
              "sh", "env", "sleep", "cat", "sed", "touch", "kill", "seq", "sort", "mkdir", "head",
              "grep", "tr", "id", "wget", "nc", "ping", "awk", "setsid", "ls", "mv", "echo", "ps",
              "stat", "rm", "ln", "dd", "yes", "true", "false", "timeout", "stty")) {
        Files.createSymbolicLink(root.resolve("bin/" + link), Path.of("busybox"));
      }
      Files.writeString(root.resolve("bin/no-program"), "text");
      var tar = run(List.of("tar", "--numeric-owner", "-C", root.toString(), "-c", "."));
      var path =
          "/images/create?fromSrc=-&tag=2&repo=muster/test-programs&changes="
              + DockerEngine.encoded("WORKDIR /tmp");
      engine.ok(engine.longCall(path, tar, Map.of("Content-Type", "application/x-tar")), path);
      run(List.of("rm", "-r", root.toString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] run(List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return process.getInputStream().readAllBytes();
  }

  /** All that a host has. */
  List<EngineContainer> containers(String host) {
    var filter = DockerEngine.labelled(List.of(ContainerLabels.HOST + "=" + host));
    var found = new ArrayList<EngineContainer>();
    engine
        .find("/containers/json?all=true&filters=" + filter)
        .orElseThrow()
        .forEach(listed -> found.add(EngineContainer.of(listed)));
    return found;
  }

  /** The newest run of an instance. */
  EngineContainer run(String host, String instanceId) {
    return containers(host).stream()
        .filter(c -> c.instanceId().equals(instanceId) && !c.isRecord())
        .max((a, b) -> Long.compare(a.run(), b.run()))
        .orElseThrow();
  }

  /** How many containers of that instance the engine has started, as the engine counts. */
  int starts(String instanceId) {
    var filters =
        DockerEngine.encoded(
            "{\"type\":[\"container\"],\"event\":[\"start\"],\"label\":[\"%s=%s\"]}"
                .formatted(ContainerLabels.INSTANCE, instanceId));
    var now = System.currentTimeMillis() / 1000 + 1;
    var path = "/events?since=1&until=%d&filters=%s".formatted(now, filters);
    // Until the end of the second.
    var answer = engine.call("GET", path, null);
    return (int) new String(answer.body()).lines().filter(line -> !line.isBlank()).count();
  }

  /** Runs a command in a container and waits for its end. */
  String exec(EngineContainer in, String... command) throws IOException {
    var created =
        engine.post(
            "/containers/%s/exec".formatted(in.id()),
            Map.of("AttachStdout", true, "Cmd", List.of(command)));
    var id = engine.ok(created, "exec").json().path("Id").asString("");
    try (var attached = engine.attached(id, Map.of("Detach", false, "Tty", false))) {
      return new String(attached.output().readAllBytes(), UTF_8);
    }
  }

  JsonNode inspect(EngineContainer container) {
    return engine.find("/containers/%s/json".formatted(container.id())).orElseThrow();
  }

  /** Takes everything off the engine that a host has there. */
  void sweep(String host) {
    containers(host)
        .forEach(c -> engine.delete("/containers/%s?force=true&v=true".formatted(c.id())));
    networks(host).forEach(network -> engine.delete("/networks/" + network));
  }

  /** Ids of the networks of a host. */
  List<String> networks(String host) {
    var filter = DockerEngine.labelled(List.of(ContainerLabels.HOST + "=" + host));
    var found = new ArrayList<String>();
    engine
        .get("/networks?filters=" + filter)
        .forEach(network -> found.add(network.path("Id").asString("")));
    return found;
  }

  /** What is left of a host. */
  List<String> left(String host) {
    var filter = DockerEngine.labelled(List.of(ContainerLabels.HOST + "=" + host));
    var found = new ArrayList<String>();
    containers(host).forEach(c -> found.add(c.name()));
    found.addAll(networks(host));
    engine
        .find("/volumes?filters=" + filter)
        .orElseThrow()
        .path("Volumes")
        .forEach(volume -> found.add(volume.path("Name").asString("")));
    return found;
  }
}
