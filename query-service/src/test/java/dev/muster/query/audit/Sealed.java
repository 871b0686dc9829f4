package dev.muster.query.audit;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.audit.Salts;
import dev.muster.events.audit.SealedEvent;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.tlog.Checkpoint;
import dev.muster.events.tlog.Frontier;
import dev.muster.events.tlog.NoteKey;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.util.ArrayList;
import java.util.List;

/** The audit log as the command service would write it; one broker has one. */
final class Sealed {

  static final NoteKey KEY =
      NoteKey.parse("example.com/test+AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

  private final Topic topic;
  private final List<SealedEvent> events = new ArrayList<>();
  private final List<byte[]> roots = new ArrayList<>(List.of(Frontier.EMPTY.root()));
  private Frontier tree = Frontier.EMPTY;

  Sealed(Topic topic) {
    this.topic = topic;
  }

  /** Events that happen one after the other: at their places in the log, and sealed there. */
  List<SealedEvent> tell(List<RecordedEvent> happened) {
    var added = new ArrayList<SealedEvent>();
    for (var event : happened) {
      var sealed = new SealedEvent(Story.at(tree.size(), event), Salts.random());
      tree = tree.plus(sealed.leafHash());
      roots.add(tree.root());
      added.add(sealed);
    }
    topic.tell(added.stream().map(SealedEvent::event).toList());
    events.addAll(added);
    added.forEach(one -> topic.tell(AuditRecords.write(one)));
    return added;
  }

  /** The same, but the last one comes before the others, and then again. */
  void tellLastFirst(List<RecordedEvent> happened) {
    var last = happened.getLast();
    var early = new SealedEvent(Story.at(tree.size() + happened.size() - 1, last), Salts.random());
    topic.tell(AuditRecords.write(early));
    tell(happened);
  }

  /** Signs what there is, and says so. */
  String sign() {
    var note = KEY.sign(new Checkpoint(KEY.name(), tree.size(), tree.root()).text());
    topic.tell(AuditRecords.verifier(KEY.verifier()));
    topic.tell(AuditRecords.checkpoint(note));
    return note;
  }

  List<SealedEvent> events() {
    return events;
  }

  /** Of the tree when it had so many entries. */
  byte[] root(int size) {
    return roots.get(size);
  }
}
