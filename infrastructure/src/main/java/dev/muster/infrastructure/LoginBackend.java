package dev.muster.infrastructure;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import dev.muster.infrastructure.documents.DocumentStore;
import dev.muster.infrastructure.documents.StoredBackend;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.Set;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

/**
 * Documents for those connections that have logged in, with MongoDB's saslStart and saslContinue.
 */
final class LoginBackend extends StoredBackend {

  private static final AttributeKey<SaslServer> EXCHANGE =
      AttributeKey.valueOf(LoginBackend.class, "exchange");
  private static final Set<String> BEFORE_LOGIN = Set.of("hello", "ismaster", "isMaster");

  static {
    // Registers the mechanism.
    var unused = new ScramLoginModule();
  }

  private final ScramCallbacks callbacks;

  LoginBackend(DocumentStore store, ServerLogin login) {
    super(store);
    this.callbacks = ScramCallbacks.of(login);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    return switch (command) {
      case "saslStart" -> start(channel, query);
      case "saslContinue" -> next(channel, query);
      case String other when BEFORE_LOGIN.contains(other) || isLoggedIn(channel) ->
          super.handleCommand(channel, database, command, query);
      case String other ->
          refused(13, "Unauthorized", "command %s requires authentication".formatted(other));
    };
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    if (!isLoggedIn(query.getChannel())) {
      throw new MongoServerError(13, "Unauthorized", "not authorized");
    }
    return super.handleQuery(query);
  }

  private Document start(Channel channel, Document query) {
    if (!ServerLogin.MECHANISM.equals(query.get("mechanism"))) {
      return refused(334, "MechanismUnavailable", "the mechanism is " + ServerLogin.MECHANISM);
    }
    try {
      var exchange =
          Sasl.createSaslServer(ServerLogin.MECHANISM, "mongodb", null, Map.of(), callbacks);
      channel.attr(EXCHANGE).set(exchange);
      return next(channel, query);
    } catch (SaslException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Document next(Channel channel, Document query) {
    var exchange = channel.attr(EXCHANGE).get();
    if (exchange == null || !(query.get("payload") instanceof BinData payload)) {
      return refused(17, "ProtocolError", "no login is under way");
    }
    try {
      // A client may ask once more after the last word.
      var answer =
          exchange.isComplete() ? new byte[0] : exchange.evaluateResponse(payload.getData());
      return new Document("conversationId", 1)
          .append("done", exchange.isComplete())
          .append("payload", new BinData(answer))
          .append("ok", 1.0);
    } catch (SaslException e) {
      channel.attr(EXCHANGE).set(null);
      return refused(18, "AuthenticationFailed", "Authentication failed.");
    }
  }

  private static boolean isLoggedIn(@Nullable Channel channel) {
    var exchange = channel == null ? null : channel.attr(EXCHANGE).get();
    return exchange != null && exchange.isComplete();
  }

  // As an answer, not as an exception: those are logged one by one, and strangers have many.
  private static Document refused(int code, String name, String message) {
    return new Document("ok", 0.0)
        .append("errmsg", message)
        .append("code", code)
        .append("codeName", name);
  }
}
