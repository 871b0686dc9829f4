package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** An instance that prints the numbers from 1 on, and {@code muster logs -f} of it. */
final class FollowedLog implements AutoCloseable {

  private static final String COUNTING = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.1; done";

  private final CommandLine muster;
  private final String instance;
  private final Process following;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private FollowedLog(CommandLine muster, String instance) throws IOException {
    this.muster = muster;
    this.instance = instance;
    this.following = muster.start("logs", "-f", instance);
    Thread.ofVirtual().start(() -> following.inputReader().lines().forEach(lines::add));
  }

  static FollowedLog start(Deployment platform) throws Exception {
    var muster =
        new CommandLine(platform.data().resolve("no-contexts"))
            .with("MUSTER_URL", "http://localhost:" + platform.port())
            .with("MUSTER_API_KEY", platform.adminKey());
    var created = muster.run("create", "-o", "name", "--", "sh", "-c", COUNTING);
    assertThat(created.status()).as(created.err()).isZero();
    return new FollowedLog(muster, created.out().strip());
  }

  /** What was shown so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The first lines that the instance prints. */
  static List<String> counted(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  /** Waits until lines come that were printed from now on. */
  void awaitMore() {
    var shown = lines.size();
    await("more lines").until(() -> lines.size() > shown + 10);
  }

  @Override
  public void close() throws Exception {
    following.destroy();
    following.waitFor();
    muster.run("delete", instance, "--no-wait");
  }
}
