package dev.muster.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every service in processes of its own: two that take commands, two that answer, two workers, all
 * on one machine with one process host.
 */
final class Apart implements Deployment {

  private final Path data;
  final InfraProcess infra;
  final List<ServiceProcess> commands;
  final List<ServiceProcess> queries;
  final List<ServiceProcess> workers;
  private final Edge edge;

  private Apart(Path data, InfraProcess infra) throws IOException {
    this.data = data;
    this.infra = infra;
    commands = two("command");
    queries = two("query");
    workers = two("worker");
    edge = new Edge(ports(commands), ports(queries));
  }

  static Apart start(Path data) throws Exception {
    var apart = new Apart(data, InfraProcess.start(data));
    try {
      apart.services().forEach(ServiceProcess::awaitReady);
      return apart;
    } catch (RuntimeException | Error e) {
      apart.close();
      throw e;
    }
  }

  private List<ServiceProcess> two(String service) throws IOException {
    var all = new ArrayList<ServiceProcess>();
    for (var name : List.of("w1", "w2")) {
      all.add(ServiceProcess.launch(service, infra.env(), name));
    }
    return List.copyOf(all);
  }

  private static List<Integer> ports(List<ServiceProcess> services) {
    return services.stream().map(ServiceProcess::port).toList();
  }

  Stream<ServiceProcess> services() {
    return Stream.of(commands, queries, workers).flatMap(List::stream);
  }

  @Override
  public Api api() throws IOException {
    return new Api(port(), adminKey());
  }

  @Override
  public String adminKey() throws IOException {
    return Files.readString(data.resolve("admin.key")).strip();
  }

  @Override
  public int port() {
    return edge.port();
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public void close() throws Exception {
    edge.close();
    for (var service : services().toList()) {
      service.close();
    }
    infra.close();
    HostProcess.endAllOf(data);
  }
}
