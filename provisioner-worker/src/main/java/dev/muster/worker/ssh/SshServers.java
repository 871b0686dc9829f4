package dev.muster.worker.ssh;

import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;
import org.apache.sshd.server.session.ServerSession;

/** Servers that do nothing but shells and commands, under what is good today and nothing older. */
final class SshServers {

  private static final Duration TO_LOG_IN = Duration.ofSeconds(10);
  private static final int TRIES = 3;
  private static final int CHANNELS = 10;

  private static final List<BuiltinDHFactories> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.sntrup761x25519,
          BuiltinDHFactories.sntrup761x25519_openssh,
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.ecdhp256);

  private static final List<NamedFactory<Cipher>> CIPHERS =
      List.of(
          BuiltinCiphers.cc20p1305_openssh,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256ctr);

  private static final List<NamedFactory<Mac>> MACS =
      List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);

  private SshServers() {}

  /** Not started yet. */
  static SshServer of(
      SshSettings settings,
      KeyPair hostKey,
      Connections connections,
      TicketAuthenticator authenticator,
      ShellLimiter limiter) {
    var server = SshServer.setUpDefaultServer();
    server.setHost(settings.address());
    server.setPort(settings.port());
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    algorithms(server);
    limits(server, settings);
    server.addSessionListener(connections);
    server.setServiceFactories(
        List.of(AuthService.FACTORY, ServerConnectionServiceFactory.INSTANCE));
    server.setUserAuthFactories(List.of(method(authenticator)));
    server.setShellFactory(_ -> new ShellChannel(limiter, Optional.empty()));
    server.setCommandFactory((_, command) -> new ShellChannel(limiter, Optional.of(command)));
    server.setSubsystemFactories(List.of());
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setChannelFactories(List.of(new BoundedChannels(CHANNELS)));
    server.setGlobalRequestHandlers(List.of(NoMoreSessionsHandler.INSTANCE));
    return server;
  }

  private static UserAuthFactory method(TicketAuthenticator authenticator) {
    return new UserAuthFactory() {
      @Override
      public String getName() {
        return TicketUserAuth.METHOD;
      }

      @Override
      public UserAuth createUserAuth(ServerSession session) {
        return new TicketUserAuth(authenticator);
      }
    };
  }

  private static void algorithms(SshServer server) {
    server.setSignatureFactories(List.of(BuiltinSignatures.ed25519));
    server.setCipherFactories(CIPHERS);
    server.setMacFactories(MACS);
    server.setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ServerBuilder.DH2KEX));
  }

  private static void limits(SshServer server, SshSettings settings) {
    var idle = settings.idleTimeout();
    // Only to a server of that name does OpenSSH say that nobody reads its output any more.
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "OpenSSH_compatible_muster");
    CoreModuleProperties.AUTH_TIMEOUT.set(server, TO_LOG_IN);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, TRIES);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, idle);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, idle.plus(TO_LOG_IN));
    // A client that reads nothing for a while, such as one that was suspended, loses nothing.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, idle);
    CoreModuleProperties.SOCKET_REUSEADDR.set(server, true);
  }
}
