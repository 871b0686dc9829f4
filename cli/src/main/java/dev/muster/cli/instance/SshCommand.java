package dev.muster.cli.instance;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The system's {@code ssh}, with what the server says of an instance's shell. */
public final class SshCommand {

  private final JsonNode shell;

  /**
   * @param shell the answer of {@code GET /api/instances/:id/ssh}
   */
  public SshCommand(JsonNode shell) {
    this.shell = shell;
  }

  /**
   * The host is let in by the fingerprint that the server gave, and by nothing else.
   *
   * @param options of ssh
   * @param words a command to run, or none for a shell
   */
  public List<String> line(List<String> options, List<String> words) {
    var line = new ArrayList<>(List.of("ssh"));
    line.addAll(options);
    line.addAll(List.of("-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=/dev/null"));
    line.addAll(List.of("-o", "GlobalKnownHostsFile=/dev/null", "-o", knownHosts()));
    line.addAll(List.of("-o", "LogLevel=ERROR", "-p", shell.path("port").asString()));
    line.addAll(List.of("-l", shell.path("user").asString(), "--", shell.path("host").asString()));
    if (!words.isEmpty()) {
      // The far side has a shell put the words together again.
      line.add(words.stream().map(SshCommand::quoted).collect(joining(" ")));
    }
    return line;
  }

  private String knownHosts() {
    var fingerprint = shell.path("host_key_fingerprint").asString();
    if (!fingerprint.matches("SHA256:[A-Za-z0-9+/=]+")) {
      throw new Failure(Exit.FAILED, "the server gave no fingerprint of the host's key");
    }
    return "KnownHostsCommand=/bin/sh -c \"if [ '%%f' = '%s' ]; then echo '%%H' '%%t' '%%K'; fi\""
        .formatted(fingerprint);
  }

  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Runs it on this terminal; returns its exit status. */
  public static int run(List<String> line) {
    try {
      var ssh = new ProcessBuilder(line).inheritIO().start();
      var end = new Thread(ssh::destroy);
      // Who ends this program ends what it runs.
      Runtime.getRuntime().addShutdownHook(end);
      var status = ssh.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return status;
    } catch (IOException e) {
      throw new Failure(Exit.FAILED, "ssh cannot be run: install OpenSSH's client");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }
}
