package dev.muster.events.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.Samples;
import dev.muster.events.audit.AuditRecords.Message;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.KafkaLoop;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.tlog.Checkpoint;
import dev.muster.events.tlog.MerkleHash;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class AuditRecordsTest {

  private static final Salts SALTS = new Salts(new byte[Salts.LENGTH]);
  private static final EncodedEvent STARTED =
      new EventCodec()
          .encode(
              new InstanceStarted(Samples.INSTANCE, Samples.OPERATION, Samples.HOST, Samples.AT));

  @Test
  void an_entry_says_who_did_what_when_and_hides_what_people_wrote() {
    var entry = new String(sealed(STARTED).entry(), UTF_8);

    assertThat(entry)
        .isEqualTo(
            """
            {"actor_id":"key_01kkr3v5f80123456789abcdef",\
            "actor_name":"%s",\
            "causation":"out_01kkr3v5fe0123456789abcdef",\
            "data":"%s",\
            "event_id":"ev_01kkr3v5fg0123456789abcdef",\
            "occurred_at":"2026-03-14T09:26:53.589793Z",\
            "request_id":"req_01kkr3v5fd0123456789abcdef",\
            "revision":1,"sequence":7,\
            "source_ip":"%s",\
            "subject":"inst_01kkr3v5fa6y2n8q4w7t0m9c1d",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "type":"InstanceStarted","v":1}\
            """
                .formatted(
                    "TnorpceRCLX3rghP3m8H21Ub7snAWtE15Hibw08knGY=",
                    "geAef7jMv7pD3PQTZy/uOMsT0LICMmmllYMx3bM+GEI=",
                    "tEYgB9I+qGg4MSUtY0+OVcsljf4Z14m83J/yhEBoDpc="));
  }

  @Test
  void the_order_and_the_spaces_of_the_data_do_not_matter() {
    var one = encoded("{\"b\": 1.50, \"a\": [1, 2]}");
    var other = encoded("{\"a\":[1,2],\"b\":1.5}");

    assertThat(sealed(one).entry()).isEqualTo(sealed(other).entry());
  }

  @Test
  void the_same_event_under_other_salts_is_another_entry() {
    var one = new SealedEvent(recorded(STARTED), Salts.random());
    var other = new SealedEvent(recorded(STARTED), Salts.random());

    assertThat(one.leafHash()).isNotEqualTo(other.leafHash());
  }

  @Test
  void a_sealed_event_comes_out_of_the_topic_as_it_went_in() {
    var sealed = new SealedEvent(recorded(STARTED), Salts.random());

    var read = AuditRecords.read(KafkaLoop.received(AuditRecords.write(sealed)));

    assertThat(read).isInstanceOf(Message.Sealed.class);
    assertThat(((Message.Sealed) read).event().entry()).isEqualTo(sealed.entry());
  }

  @Test
  void a_checkpoint_and_its_key_do_too() {
    var note = new Checkpoint("example.com/log", 12, MerkleHash.empty()).text() + "\n— a b\n";

    assertThat(AuditRecords.read(KafkaLoop.received(AuditRecords.checkpoint(note))))
        .isEqualTo(new Message.Signed(note, 12));
    assertThat(AuditRecords.read(KafkaLoop.received(AuditRecords.verifier("a+b+c"))))
        .isEqualTo(new Message.Verifier("a+b+c"));
  }

  @Test
  void what_is_neither_is_unreadable() {
    var unsalted = AuditRecords.write(sealed(STARTED));
    unsalted.headers().remove("salts");

    assertThatThrownBy(() -> AuditRecords.read(KafkaLoop.received(unsalted)))
        .isInstanceOf(UnreadableMessageException.class);
    assertThatThrownBy(
            () -> AuditRecords.read(KafkaLoop.received(AuditRecords.checkpoint("a\n-1\nb\n"))))
        .isInstanceOf(UnreadableMessageException.class);
    assertThatThrownBy(
            () ->
                AuditRecords.read(
                    KafkaLoop.received(new ProducerRecord<>("audit-log", "7", new byte[0]))))
        .isInstanceOf(UnreadableMessageException.class);
  }

  private static EncodedEvent encoded(String json) {
    return new EncodedEvent("InstanceStarted", 1, json.getBytes(UTF_8));
  }

  private static SealedEvent sealed(EncodedEvent encoded) {
    return new SealedEvent(recorded(encoded), SALTS);
  }

  private static RecordedEvent recorded(EncodedEvent encoded) {
    return new RecordedEvent(
        "ev_01kkr3v5fg0123456789abcdef",
        Samples.INSTANCE,
        7,
        41_234,
        Samples.AT,
        Samples.CORRELATION,
        encoded);
  }
}
