-- The support desk: who may look people up, and what was looked up, why, until when.

create table support_agents (
  worker_id bigint primary key references workers, -- the person, known like any other by his numbers
  added_at timestamptz not null,
  -- look-ups that found nobody, or more than one, within a day; at the twentieth he is locked until the operator lets him in again
  failed smallint not null default 0,
  failing_since timestamptz,
  locked_at timestamptz
);

create table support_lookups (
  lookup_id text primary key, -- 130 random bits: it stands in an address, and only its agent gets anywhere with it
  agent_id bigint not null references workers,
  worker_id bigint not null references workers, -- whose data
  reason text not null,
  case_number text not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  closed_at timestamptz -- by the agent, before it ended
);
create index support_lookups_by_end on support_lookups (ends_at);
create index support_lookups_by_agent on support_lookups (agent_id);
create index support_lookups_by_worker on support_lookups (worker_id);

-- acts for the support desk; who is taken off it is only himself at his next request
alter table sessions add column acts_for_support boolean not null default false;
