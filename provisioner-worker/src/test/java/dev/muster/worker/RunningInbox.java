package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.worker.clock.BrokerClock;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import dev.muster.worker.inbox.RegionInbox;
import dev.muster.worker.inbox.TaskCounter;
import dev.muster.worker.inbox.TaskHandler;
import dev.muster.worker.placement.Placement;
import dev.muster.worker.report.DeadLetterReporter;
import dev.muster.worker.report.OutcomeReporter;
import dev.muster.worker.report.Publisher;
import java.util.List;

/** The inbox of one host's region, at work on a thread of its own. */
public final class RunningInbox implements AutoCloseable {

  private final Publisher publisher;
  private final RegionInbox inbox;
  private final Thread thread;

  public RunningInbox(KafkaClients kafka, String worker, Host host) {
    this(kafka, worker, host, BrokerClock.system());
  }

  public RunningInbox(KafkaClients kafka, String worker, Host host, BrokerClock clock) {
    publisher = new Publisher(kafka, worker);
    var handler =
        new TaskHandler(
            new Placement(new HostDirectory(List.of(host)), _ -> false),
            new OutcomeReporter(publisher, worker),
            TaskCounter.NONE,
            clock);
    var letters = new DeadLetterReporter(publisher);
    inbox = new RegionInbox(kafka, host.region(), worker, handler, letters, TaskCounter.NONE, 256);
    thread = Thread.ofPlatform().start(inbox);
  }

  public RegionInbox inbox() {
    return inbox;
  }

  public Publisher publisher() {
    return publisher;
  }

  public void join() throws InterruptedException {
    thread.join();
  }

  /** Ends it while a task hangs: what it does from then on reaches nobody. */
  public void closeWithoutWaiting() {
    publisher.close();
    inbox.stop();
    thread.interrupt();
  }

  @Override
  public void close() throws InterruptedException {
    inbox.stop();
    thread.join();
    publisher.close();
  }
}
