-- A run's id is its place in time, so the newest run has the largest one.
create table runs (
  id integer primary key,
  shop text not null,
  cell text not null,
  run_id text not null,
  file text not null,
  sha256 text not null,
  state text not null,
  started_ms integer not null,
  ended_ms integer not null,
  vehicle text not null,
  warned integer not null,
  folder text not null,
  folder_ms integer not null,
  findings text not null,
  notice text not null,
  search text not null
);
create unique index runs_by_key on runs (shop, run_id);
create index runs_by_shop on runs (shop);
create index runs_by_shop_and_state on runs (shop, state);
create index runs_by_shop_and_cell on runs (shop, cell);
create index runs_by_shop_cell_and_state on runs (shop, cell, state);
create index runs_by_cell on runs (cell);
create index runs_by_cell_and_state on runs (cell, state);
create index runs_by_state on runs (state);
create index runs_by_shop_and_vehicle on runs (shop, vehicle) where vehicle <> '';
create index runs_by_vehicle on runs (vehicle) where vehicle <> '';
create index rejected_by_folder on runs (folder) where state in ('duplicate', 'rejected');
create index runs_warned on runs (warned) where warned = 1;
create index runs_warned_by_shop on runs (shop) where warned = 1;
create index runs_warned_by_cell on runs (cell) where warned = 1;
create index runs_warned_by_shop_and_cell on runs (shop, cell) where warned = 1;

create virtual table runs_search using fts5 (
  search, content = 'runs', content_rowid = 'id', tokenize = 'trigram case_sensitive 1');
create trigger runs_inserted after insert on runs begin
  insert into runs_search (rowid, search) values (new.id, new.search);
end;
create trigger runs_deleted after delete on runs begin
  insert into runs_search (runs_search, rowid, search) values ('delete', old.id, old.search);
end;
create trigger runs_updated after update of id, search on runs begin
  insert into runs_search (runs_search, rowid, search) values ('delete', old.id, old.search);
  insert into runs_search (rowid, search) values (new.id, new.search);
end;

-- How many runs there are, so that nothing counts rows.
create table run_counts (
  shop text not null,
  cell text not null,
  state text not null,
  warned integer not null,
  runs integer not null,
  primary key (shop, cell, state, warned)
) without rowid;
create index run_counts_by_cell on run_counts (cell);
create table run_totals (
  state text not null,
  warned integer not null,
  runs integer not null,
  primary key (state, warned)
) without rowid;

-- How far each partition of a topic is read.
create table topic_offsets (
  topic_id text not null,
  topic_partition integer not null,
  next_offset integer not null,
  primary key (topic_id, topic_partition)
) without rowid;

create table catalogue_state (
  version integer not null,
  generation integer not null,
  shelf text not null);
insert into catalogue_state (version, generation, shelf) values (0, 0, '');
