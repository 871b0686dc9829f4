-- How far Kafka's topics held records that nobody had signed when this version came. A row without a
-- topic says that it is settled; nothing is added or changed after that.
create table unsigned_records (
  topic     text    not null,
  topic_id  text    not null,
  partition integer not null,
  ends_at   bigint  not null,
  primary key (topic, partition)
);
