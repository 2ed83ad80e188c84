-- What the intake writes comes to its statement as records of these types, a list of each: read in less time than JSON. A later column of the
-- tables is none of theirs, so a portal of before goes on writing beside one of after.
create type sent_declaration as (
  declaration_id text, source_key text, kind text, period_id text, agency_number text, insz text, received_at timestamptz, channel text,
  sender text, fingerprint text, result text, anomalies text[], content jsonb);
create type sent_relation as (
  period_id text, worker_id bigint, agency_number text, joint_committee text, worker_type text, user_key text, user_number text, user_name text,
  user_address jsonb, user_joint_committee text, start_date date, start_hour text, end_date date, end_hour text, planned_hours smallint,
  cancelled boolean, verdict text, received_at timestamptz, decided_by text, due_at timestamptz, warnings text[], anomalies text[]);
create type told_worker as (worker_id bigint, insz text, given_name text, family_name text, birth_date date);
