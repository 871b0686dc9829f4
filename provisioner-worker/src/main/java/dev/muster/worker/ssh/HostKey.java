package dev.muster.worker.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.UUID;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The Ed25519 key that a machine is known by, kept in the form of OpenSSH. */
final class HostKey {

  private static final String NAME = "ssh_host_ed25519_key";

  private HostKey() {}

  /**
   * The key kept in the folder, made when there is none; all workers of a machine have the same.
   *
   * @throws IOException when it can be neither read nor made
   */
  static KeyPair in(Path folder) throws IOException {
    var file = Files.createDirectories(folder).resolve(NAME);
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return read(file);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s is no host key: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** As {@code ssh} shows it on first contact. */
  static String fingerprint(KeyPair key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
  }

  private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
    var keys =
        SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName(file.toString()),
            new ByteArrayInputStream(Files.readAllBytes(file)),
            FilePasswordProvider.EMPTY);
    if (keys == null || !keys.iterator().hasNext()) {
      throw new IOException(file + " holds no key; remove it, and another is made");
    }
    return keys.iterator().next();
  }

  // Of two workers that make one at once the first wins: a link takes nobody's place.
  private static void make(Path file) throws IOException, GeneralSecurityException {
    var text = new ByteArrayOutputStream();
    var key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "muster", null, text);
    var fresh = file.resolveSibling("%s.%s.tmp".formatted(NAME, UUID.randomUUID()));
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, text.toString(UTF_8));
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Then that one is read.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
