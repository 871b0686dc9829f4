package dev.muster.worker.ssh;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** Refuses the channel that is one too many; the library's own bound ends the connection. */
final class BoundedChannels extends ChannelSessionFactory {

  /** What OpenSSH says when nobody reads its output any more; see its PROTOCOL, 2.1. */
  private static final String END_OF_WRITE = "eow@openssh.com";

  private static final AttributeKey<AtomicInteger> OPEN = new AttributeKey<>();

  private final int atMost;

  BoundedChannels(int atMost) {
    this.atMost = atMost;
  }

  @Override
  public Channel createChannel(Session session) {
    return new Bounded(session.computeAttributeIfAbsent(OPEN, _ -> new AtomicInteger()));
  }

  private final class Bounded extends ChannelSession {

    private final AtomicInteger open;

    Bounded(AtomicInteger open) {
      this.open = open;
      addRequestHandler(Bounded::endOfWrite);
    }

    // Else who prints would wait until the caller, who takes no more, makes room for it.
    private static Result endOfWrite(
        Channel channel, String request, boolean wantReply, Buffer rest) throws IOException {
      if (!request.equals(END_OF_WRITE)) {
        return Result.Unsupported;
      }
      channel.getRemoteWindow().close();
      return Result.ReplySuccess;
    }

    @Override
    public OpenFuture open(long recipient, long rwSize, long packetSize, Buffer buffer) {
      if (open.incrementAndGet() > atMost) {
        open.decrementAndGet();
        return refused();
      }
      addCloseFutureListener(_ -> open.decrementAndGet());
      return super.open(recipient, rwSize, packetSize, buffer);
    }

    private OpenFuture refused() {
      var refusal = new DefaultOpenFuture(this, futureLock);
      refusal.setException(
          new SshChannelOpenException(
              getChannelId(),
              SshConstants.SSH_OPEN_RESOURCE_SHORTAGE,
              "%d channels are open here, and no more may be".formatted(atMost)));
      return refusal;
    }
  }
}
