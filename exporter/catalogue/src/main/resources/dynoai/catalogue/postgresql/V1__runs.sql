-- A run's id is its place in time, so the newest run has the largest one.
create table runs (
  id bigint primary key,
  shop text collate "C" not null,
  cell text collate "C" not null,
  run_id text collate "C" not null,
  file text collate "C" not null,
  sha256 text collate "C" not null,
  state text collate "C" not null,
  started_ms bigint not null,
  ended_ms bigint not null,
  vehicle text collate "C" not null,
  warned integer not null,
  folder text collate "C" not null,
  folder_ms bigint not null,
  findings text collate "C" not null,
  notice text collate "C" not null,
  search text collate "C" not null
);
create unique index runs_by_key on runs (shop, run_id);
create index runs_by_shop on runs (shop, id);
create index runs_by_shop_and_state on runs (shop, state, id);
create index runs_by_shop_and_cell on runs (shop, cell, id);
create index runs_by_shop_cell_and_state on runs (shop, cell, state, id);
create index runs_by_cell on runs (cell, id);
create index runs_by_cell_and_state on runs (cell, state, id);
create index runs_by_state on runs (state, id);
create index runs_by_shop_and_vehicle on runs (shop, vehicle, id) where vehicle <> '';
create index runs_by_vehicle on runs (vehicle, id) where vehicle <> '';
create index rejected_by_folder on runs (folder) where state in ('duplicate', 'rejected');
create index runs_warned on runs (warned, id) where warned = 1;
create index runs_warned_by_shop on runs (shop, id) where warned = 1;
create index runs_warned_by_cell on runs (cell, id) where warned = 1;
create index runs_warned_by_shop_and_cell on runs (shop, cell, id) where warned = 1;

create extension if not exists pg_trgm;
create index runs_search on runs using gin (search gin_trgm_ops);

-- How many runs there are, so that nothing counts rows.
create table run_counts (
  shop text collate "C" not null,
  cell text collate "C" not null,
  state text collate "C" not null,
  warned integer not null,
  runs bigint not null,
  primary key (shop, cell, state, warned)
);
create index run_counts_by_cell on run_counts (cell);
create table run_totals (
  state text collate "C" not null,
  warned integer not null,
  runs bigint not null,
  primary key (state, warned)
);

-- How far each partition of a topic is read.
create table topic_offsets (
  topic_id text collate "C" not null,
  topic_partition integer not null,
  next_offset bigint not null,
  primary key (topic_id, topic_partition)
);

create table catalogue_state (
  version bigint not null,
  generation bigint not null,
  shelf text collate "C" not null);
insert into catalogue_state (version, generation, shelf) values (0, 0, '');
