package dev.muster.kafka.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The records of one poll, as far as their partitions are being read. */
record Batch(ConsumerRecords<String, byte[]> records, PartitionAssignments assignments) {

  List<PartitionRecords> parts() {
    var parts = new ArrayList<PartitionRecords>();
    for (var partition : records.partitions()) {
      var position = assignments.position(partition.partition());
      if (position != null) {
        List<ConsumerRecord<String, byte[]>> all = records.records(partition);
        parts.add(new PartitionRecords(position, all));
      }
    }
    return parts;
  }

  /**
   * The positions after these records, and after what was left out of partitions that have none.
   *
   * @param newest global position of the newest event read, by partition; others are left out
   */
  List<Position> reached(Map<Integer, Long> newest) {
    var reached = new ArrayList<Position>();
    records
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              var position = assignments.position(partition.partition());
              if (position == null) {
                return;
              }
              var newestRead =
                  records.records(partition).isEmpty()
                      ? Long.valueOf(position.newest())
                      : newest.get(partition.partition());
              if (newestRead != null) {
                reached.add(position.at(next.offset(), newestRead));
              }
            });
    return reached;
  }

  /** When the last record of each partition was written, in milliseconds since the epoch. */
  Map<Integer, Long> newestMillis() {
    var newest = new HashMap<Integer, Long>();
    for (var partition : records.partitions()) {
      newest.put(partition.partition(), records.records(partition).getLast().timestamp());
    }
    return newest;
  }
}
