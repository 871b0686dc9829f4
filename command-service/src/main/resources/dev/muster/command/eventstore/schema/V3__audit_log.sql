-- Random bytes for each sealed event, which keep the hashed fields of its entry from being guessed.
-- Kept once given: the entry must be the same whenever it is made.
create table audit_salt (
  position bigint primary key,
  salts    bytea  not null
);

-- The tree over all entries: how many there are, and the roots of the perfect subtrees they make up.
create table audit_tree (
  only_row boolean primary key default true check (only_row),
  size     bigint  not null,
  subtrees bytea   not null
);

insert into audit_tree (size, subtrees) values (0, '');

-- The newest checkpoint that was signed.
create table audit_checkpoint (
  only_row boolean primary key default true check (only_row),
  size     bigint  not null,
  note     text    not null
);
