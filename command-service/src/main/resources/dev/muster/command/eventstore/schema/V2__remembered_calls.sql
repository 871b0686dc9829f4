-- Calls that a caller may repeat under a key of theirs: the ids each was given before anything was
-- done, so that doing it again finds what was done, and the answer once there is one.
create table remembered_call (
  caller       text        not null,
  key          text        not null,
  fingerprint  text        not null,
  instance_id  text        not null,
  operation_id text        not null,
  version      bigint      not null,
  called_at    timestamptz not null,
  answer       text,
  primary key (caller, key)
);

create index remembered_call_by_time on remembered_call (called_at);
