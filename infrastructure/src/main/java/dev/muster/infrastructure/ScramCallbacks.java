package dev.muster.infrastructure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.jspecify.annotations.Nullable;

/**
 * What a server of SCRAM-SHA-256 asks for: the credential of the one user there is. Kafka makes it
 * by its name, and tells it the user from the listener's JAAS configuration.
 */
public final class ScramCallbacks implements AuthenticateCallbackHandler {

  private static final int ITERATIONS = 4096;
  private static final int BITS = 256;

  private @Nullable ServerLogin login;
  private @Nullable ScramCredential credential;

  static ScramCallbacks of(ServerLogin login) {
    var callbacks = new ScramCallbacks();
    callbacks.know(login);
    return callbacks;
  }

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    var options = entries.getFirst().getOptions();
    know(
        new ServerLogin(
            String.valueOf(options.get("username")), String.valueOf(options.get("password"))));
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    var name = "";
    for (var callback : callbacks) {
      switch (callback) {
        case NameCallback asked -> name = asked.getDefaultName();
        case ScramCredentialCallback asked -> tell(name, asked);
        case Callback other -> throw new UnsupportedCallbackException(other);
      }
    }
  }

  // Without a credential there is nobody of that name.
  private void tell(String name, ScramCredentialCallback asked) {
    if (login != null && login.username().equals(name)) {
      asked.scramCredential(credential);
    }
  }

  @Override
  public void close() {}

  private void know(ServerLogin known) {
    login = known;
    credential = credential(known.password());
  }

  // RFC 5802, section 3.
  private static ScramCredential credential(String password) {
    try {
      var salt = new byte[16];
      new SecureRandom().nextBytes(salt);
      var salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BITS))
              .getEncoded();
      var stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      return new ScramCredential(salt, stored, hmac(salted, "Server Key"), ITERATIONS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks HMAC-SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(US_ASCII));
  }
}
