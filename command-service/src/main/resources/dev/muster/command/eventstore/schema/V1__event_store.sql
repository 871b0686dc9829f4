-- The next free position. One row, locked by whoever appends: numbers become visible in the order
-- in which they were given, and none is ever lost.
create table event_counter (
  only_row boolean primary key default true check (only_row),
  next     bigint  not null
);

insert into event_counter (next) values (0);

create table event (
  position    bigint      primary key,
  instance_id text        not null,
  sequence    bigint      not null check (sequence >= 1),
  event_id    text        not null unique,
  type        text        not null,
  revision    integer     not null,
  at          timestamptz not null,
  data        bytea       not null,
  actor_id    text        not null,
  actor_name  text        not null,
  request_id  text        not null,
  source_ip   text,
  causation   text,
  traceparent text,
  unique (instance_id, sequence)
);

-- The fold of an instance's first events, so that loading it stays cheap. Can be dropped at any time.
create table snapshot (
  instance_id text    primary key,
  sequence    bigint  not null,
  revision    integer not null,
  data        bytea   not null
);

-- How far each reader of the global order has come: the position it reads next.
create table reader_position (
  name text   primary key,
  next bigint not null
);

-- Operations that wait for their outcome; kept by a reader of the events.
create table operation_deadline (
  operation_id text        primary key,
  instance_id  text        not null,
  deadline     timestamptz not null
);

create index operation_deadline_by_time on operation_deadline (deadline);
