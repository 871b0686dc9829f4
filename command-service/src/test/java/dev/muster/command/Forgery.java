package dev.muster.command;

import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How somebody who can write to the broker and has no secret would forge a record. */
enum Forgery {
  WITHOUT_CODE {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      return record;
    }
  },
  CODE_OF_ANOTHER_SECRET {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      return RecordMac.of("ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA=").sign(record);
    }
  },
  CODE_OF_ANOTHER_TOPIC {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      return with(record, moved(record, Topics.KEY_USES, record.key(), record.value()));
    }
  },
  CODE_OF_ANOTHER_KEY {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      return with(record, moved(record, record.topic(), "another", record.value()));
    }
  },
  CODE_OF_ANOTHER_VALUE {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      return with(record, moved(record, record.topic(), record.key(), new byte[0]));
    }
  },
  CODE_OF_OTHER_HEADERS {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      var other = moved(record, record.topic(), record.key(), record.value());
      other.headers().add("other", new byte[0]);
      return with(record, other);
    }
  },
  CODE_CUT_SHORT {
    @Override
    ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record) {
      var code = code(record);
      record.headers().add(RecordMac.HEADER, Arrays.copyOf(code, code.length - 1));
      return record;
    }
  };

  private static final RecordMac RIGHT = RecordMac.of(TestKafka.SECRET);

  abstract ProducerRecord<String, byte[]> of(ProducerRecord<String, byte[]> record);

  private static ProducerRecord<String, byte[]> moved(
      ProducerRecord<String, byte[]> record, String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, null, null, key, value, record.headers());
  }

  private static ProducerRecord<String, byte[]> with(
      ProducerRecord<String, byte[]> record, ProducerRecord<String, byte[]> codeOf) {
    record.headers().add(RecordMac.HEADER, code(codeOf));
    return record;
  }

  private static byte[] code(ProducerRecord<String, byte[]> record) {
    return RIGHT.sign(record).headers().lastHeader(RecordMac.HEADER).value();
  }
}
