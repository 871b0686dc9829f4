package hops;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the embedded broker counts, by JMX. */
final class KafkaBeans implements AutoCloseable {

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private KafkaBeans(JMXConnector connector, MBeanServerConnection beans) {
    this.connector = connector;
    this.beans = beans;
  }

  static KafkaBeans of(long pid) throws Exception {
    var machine = VirtualMachine.attach("" + pid);
    try {
      var url = new JMXServiceURL(machine.startLocalManagementAgent());
      var connector = JMXConnectorFactory.connect(url);
      return new KafkaBeans(connector, connector.getMBeanServerConnection());
    } finally {
      machine.detach();
    }
  }

  /** Requests by kind, and records by topic. */
  void into(Map<String, Double> counts) throws Exception {
    for (var name : named("kafka.network:type=RequestMetrics,name=RequestsPerSec,*")) {
      var request = name.getKeyProperty("request");
      if (!request.equals("Fetch")) { // it is FetchConsumer and FetchFollower together
        add(counts, "Kafka request: " + request, number(name, "Count"));
      }
    }
    for (var name : named("kafka.log:type=Log,name=LogEndOffset,*")) {
      add(counts, "Kafka record: " + name.getKeyProperty("topic"), number(name, "Value"));
    }
  }

  /** How many consumers this JVM has. */
  double consumers() throws Exception {
    return named("kafka.consumer:type=consumer-metrics,*").size();
  }

  private Set<ObjectName> named(String pattern) throws Exception {
    return beans.queryNames(new ObjectName(pattern), null);
  }

  private double number(ObjectName name, String attribute) throws Exception {
    return ((Number) beans.getAttribute(name, attribute)).doubleValue();
  }

  private static void add(Map<String, Double> counts, String name, double count) {
    counts.merge(name, count, Double::sum);
  }

  @Override
  public void close() throws Exception {
    connector.close();
  }
}
