package dev.muster.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The code by which services know each other's records: HMAC-SHA-256 over topic, key, headers and
 * value, each with its length, in the header {@value #HEADER}. So a record cannot be changed, nor
 * moved to another topic or key.
 */
public final class RecordMac {

  /** Not a part of what the code is about. */
  public static final String HEADER = "muster-mac";

  /** The setting that has the secret. */
  public static final String SETTING = "muster.records.secret";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String DOMAIN = "muster/record/1";
  private static final int SECRET_BYTES = 32;
  private static final int ABSENT = -1;

  private final SecretKeySpec secret;

  private RecordMac(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * @param secret what {@link #SETTING} has: 32 bytes in base64
   * @throws IllegalArgumentException that says how to make one; it never shows what was given
   */
  public static RecordMac of(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException(unusable("is missing"));
    }
    return new RecordMac(bytes(secret.strip()));
  }

  private static byte[] bytes(String secret) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(secret);
    } catch (IllegalArgumentException e) { // it tells of what was given
      throw new IllegalArgumentException(unusable("is not base64"));
    }
    if (bytes.length != SECRET_BYTES) {
      throw new IllegalArgumentException(unusable("has %d bytes".formatted(bytes.length)));
    }
    return bytes;
  }

  /** The record with its code. */
  public ProducerRecord<String, byte[]> sign(ProducerRecord<String, byte[]> record) {
    var headers = new RecordHeaders(record.headers());
    headers.remove(HEADER);
    headers.add(HEADER, code(record.topic(), record.key(), headers, record.value()));
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }

  /** Whether somebody who knows the secret wrote the record, for this topic and key. */
  boolean isRight(ConsumerRecord<String, byte[]> record) {
    var header = record.headers().lastHeader(HEADER);
    return header != null
        && header.value() != null
        && MessageDigest.isEqual(
            code(record.topic(), record.key(), record.headers(), record.value()), header.value());
  }

  private byte[] code(
      String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(frame(topic, key, headers, value));
      if (value != null) {
        mac.update(value);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** All but the value, which comes last and whose length it tells. */
  private static byte[] frame(
      String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
    var bytes = new ByteArrayOutputStream();
    try (var frame = new DataOutputStream(bytes)) {
      put(frame, DOMAIN.getBytes(UTF_8));
      put(frame, topic.getBytes(UTF_8));
      put(frame, key == null ? null : key.getBytes(UTF_8));
      for (var header : headers) {
        if (!header.key().equals(HEADER)) {
          put(frame, header.key().getBytes(UTF_8));
          put(frame, header.value());
        }
      }
      frame.writeInt(ABSENT); // no header has such a name
      frame.writeInt(value == null ? ABSENT : value.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(DataOutputStream frame, byte @Nullable [] part) throws IOException {
    frame.writeInt(part == null ? ABSENT : part.length);
    if (part != null) {
      frame.write(part);
    }
  }

  private static String unusable(String why) {
    return SETTING
        + " (MUSTER_RECORDS_SECRET) "
        + why
        + ": it takes 32 random bytes in base64, the same at all services; make one with:"
        + " head -c 32 /dev/urandom | base64";
  }
}
