ALTER TABLE outlets ADD COLUMN webhook_url TEXT DEFAULT '' NOT NULL

ALTER TABLE outlets ADD COLUMN webhook_secret TEXT

ALTER TABLE assertions ADD COLUMN gone BOOLEAN DEFAULT false NOT NULL

ALTER TABLE corrections ADD COLUMN replaces BIGINT

ALTER TABLE corrections ADD CONSTRAINT fk_corrections_replaces FOREIGN KEY(replaces) REFERENCES corrections (id)

CREATE UNIQUE INDEX ix_corrections_replaces ON corrections (replaces)

ALTER TABLE steps DROP CONSTRAINT ck_steps_deed

ALTER TABLE steps ADD CONSTRAINT ck_steps_deed CHECK (deed IN ('status', 'proposed', 'kind', 'added', 'split', 'merged', 'assigned', 'article', 'due', 'undone'))

ALTER TABLE steps ADD COLUMN correction BIGINT

ALTER TABLE steps ADD CONSTRAINT fk_steps_correction FOREIGN KEY(correction) REFERENCES corrections (id)

ALTER TABLE steps ADD COLUMN undoes BIGINT

ALTER TABLE steps ADD CONSTRAINT uq_steps_undoes UNIQUE (undoes)

ALTER TABLE steps ADD CONSTRAINT fk_steps_undoes FOREIGN KEY(undoes) REFERENCES steps (id)

CREATE TABLE documents (
  id BIGSERIAL NOT NULL,
  report BIGINT NOT NULL,
  name TEXT NOT NULL,
  outlet_name TEXT NOT NULL,
  content TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  gone BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT pk_documents PRIMARY KEY (id),
  CONSTRAINT fk_documents_report FOREIGN KEY(report) REFERENCES reports (id)
)

CREATE INDEX ix_documents_report ON documents (report)

CREATE TABLE notices (
  id BIGSERIAL NOT NULL,
  event TEXT NOT NULL,
  outlet TEXT NOT NULL,
  correction BIGINT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL,
  next_at BIGINT,
  failure TEXT,
  delivered_at BIGINT,
  CONSTRAINT pk_notices PRIMARY KEY (id),
  CONSTRAINT uq_notices_event UNIQUE (event),
  CONSTRAINT fk_notices_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_notices_correction FOREIGN KEY(correction) REFERENCES corrections (id)
)

CREATE INDEX ix_notices_correction ON notices (correction)

CREATE INDEX ix_notices_next_at ON notices (next_at)

CREATE INDEX ix_notices_outlet ON notices (outlet)

DROP TRIGGER corrections_update ON corrections

DROP TRIGGER steps_update ON steps

CREATE TRIGGER corrections_update BEFORE UPDATE ON "corrections" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."kind"::text IS DISTINCT FROM NEW."kind"::text
  OR OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."published_at"::text IS DISTINCT FROM NEW."published_at"::text
  OR OLD."replaces"::text IS DISTINCT FROM NEW."replaces"::text) EXECUTE FUNCTION corrections_update()

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."assertion"::text IS DISTINCT FROM NEW."assertion"::text
  OR OLD."deed"::text IS DISTINCT FROM NEW."deed"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR OLD."correction"::text IS DISTINCT FROM NEW."correction"::text
  OR OLD."undoes"::text IS DISTINCT FROM NEW."undoes"::text
  OR (OLD."reason"::text IS DISTINCT FROM NEW."reason"::text AND NEW."reason" IS NOT NULL)) EXECUTE FUNCTION steps_update()

CREATE FUNCTION documents_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'documents never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER documents_update BEFORE UPDATE ON "documents" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."name"::text IS DISTINCT FROM NEW."name"::text
  OR OLD."outlet_name"::text IS DISTINCT FROM NEW."outlet_name"::text
  OR OLD."content"::text IS DISTINCT FROM NEW."content"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text) EXECUTE FUNCTION documents_update()

CREATE FUNCTION documents_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'documents are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER documents_delete BEFORE DELETE ON "documents" FOR EACH ROW EXECUTE FUNCTION documents_delete()

CREATE TRIGGER documents_truncate BEFORE TRUNCATE ON "documents" FOR EACH STATEMENT EXECUTE FUNCTION documents_delete()

CREATE FUNCTION notices_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'notices never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER notices_update BEFORE UPDATE ON "notices" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."event"::text IS DISTINCT FROM NEW."event"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."correction"::text IS DISTINCT FROM NEW."correction"::text
  OR OLD."body"::text IS DISTINCT FROM NEW."body"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD.delivered_at IS NOT NULL AND OLD.delivered_at IS DISTINCT FROM NEW.delivered_at)) EXECUTE FUNCTION notices_update()

CREATE FUNCTION notices_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'notices are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER notices_delete BEFORE DELETE ON "notices" FOR EACH ROW EXECUTE FUNCTION notices_delete()

CREATE TRIGGER notices_truncate BEFORE TRUNCATE ON "notices" FOR EACH STATEMENT EXECUTE FUNCTION notices_delete()
