ALTER TABLE outlets ADD COLUMN webhook_url TEXT DEFAULT '' NOT NULL

ALTER TABLE outlets ADD COLUMN webhook_secret TEXT

ALTER TABLE assertions ADD COLUMN gone BOOLEAN DEFAULT false NOT NULL

ALTER TABLE corrections ADD COLUMN replaces INTEGER CONSTRAINT fk_corrections_replaces REFERENCES corrections (id)

CREATE UNIQUE INDEX ix_corrections_replaces ON corrections (replaces)

DROP TRIGGER corrections_update

DROP TRIGGER corrections_replace

ALTER TABLE steps RENAME TO steps_before

DROP INDEX ix_steps_assertion

DROP INDEX ix_steps_report_id

CREATE TABLE steps (
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
  assertion INTEGER,
  deed TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  reason TEXT,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  correction INTEGER,
  undoes INTEGER,
  CONSTRAINT pk_steps PRIMARY KEY (id),
  CONSTRAINT ck_steps_deed CHECK (deed IN ('status', 'proposed', 'kind', 'added', 'split', 'merged', 'assigned', 'article', 'due', 'undone')),
  CONSTRAINT fk_steps_report FOREIGN KEY(report) REFERENCES reports (id),
  CONSTRAINT fk_steps_assertion FOREIGN KEY(assertion) REFERENCES assertions (id),
  CONSTRAINT fk_steps_correction FOREIGN KEY(correction) REFERENCES corrections (id),
  CONSTRAINT uq_steps_undoes UNIQUE (undoes),
  CONSTRAINT fk_steps_undoes FOREIGN KEY(undoes) REFERENCES steps (id)
)

INSERT INTO steps (id, report, assertion, deed, "before", "after", reason, "by", at)
SELECT id, report, assertion, deed, "before", "after", reason, "by", at FROM steps_before

DROP TABLE steps_before

CREATE INDEX ix_steps_assertion ON steps (assertion)

CREATE INDEX ix_steps_report_id ON steps (report, id)

CREATE TABLE documents (
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
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
  id INTEGER NOT NULL,
  event TEXT NOT NULL,
  outlet TEXT NOT NULL,
  correction INTEGER NOT NULL,
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

CREATE TRIGGER corrections_update BEFORE UPDATE ON "corrections" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."kind" IS NOT NEW."kind"
  OR OLD."text" IS NOT NEW."text"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."published_at" IS NOT NEW."published_at"
  OR OLD."replaces" IS NOT NEW."replaces") BEGIN SELECT RAISE(ABORT, 'corrections never change'); END

CREATE TRIGGER corrections_replace BEFORE INSERT ON "corrections" WHEN EXISTS (SELECT 1 FROM "corrections" WHERE ("id" = NEW."id")
  OR ("replaces" = NEW."replaces")) BEGIN SELECT RAISE(ABORT, 'corrections are never removed'); END

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."assertion" IS NOT NEW."assertion"
  OR OLD."deed" IS NOT NEW."deed"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR OLD."correction" IS NOT NEW."correction"
  OR OLD."undoes" IS NOT NEW."undoes"
  OR (OLD."reason" IS NOT NEW."reason" AND NEW."reason" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'steps never change'); END

CREATE TRIGGER steps_emptied BEFORE UPDATE ON "steps" WHEN (OLD."reason" IS NOT NEW."reason") AND NOT (SELECT erased_at FROM reports WHERE id = OLD.report) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'steps never change'); END

CREATE TRIGGER steps_delete BEFORE DELETE ON "steps" BEGIN SELECT RAISE(ABORT, 'steps are never removed'); END

CREATE TRIGGER steps_replace BEFORE INSERT ON "steps" WHEN EXISTS (SELECT 1 FROM "steps" WHERE ("id" = NEW."id")
  OR ("undoes" = NEW."undoes")) BEGIN SELECT RAISE(ABORT, 'steps are never removed'); END

CREATE TRIGGER documents_update BEFORE UPDATE ON "documents" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."name" IS NOT NEW."name"
  OR OLD."outlet_name" IS NOT NEW."outlet_name"
  OR OLD."content" IS NOT NEW."content"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at") BEGIN SELECT RAISE(ABORT, 'documents never change'); END

CREATE TRIGGER documents_delete BEFORE DELETE ON "documents" BEGIN SELECT RAISE(ABORT, 'documents are never removed'); END

CREATE TRIGGER documents_replace BEFORE INSERT ON "documents" WHEN EXISTS (SELECT 1 FROM "documents" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'documents are never removed'); END

CREATE TRIGGER notices_update BEFORE UPDATE ON "notices" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."event" IS NOT NEW."event"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."correction" IS NOT NEW."correction"
  OR OLD."body" IS NOT NEW."body"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD.delivered_at IS NOT NULL AND OLD.delivered_at IS NOT NEW.delivered_at)) BEGIN SELECT RAISE(ABORT, 'notices never change'); END

CREATE TRIGGER notices_delete BEFORE DELETE ON "notices" BEGIN SELECT RAISE(ABORT, 'notices are never removed'); END

CREATE TRIGGER notices_replace BEFORE INSERT ON "notices" WHEN EXISTS (SELECT 1 FROM "notices" WHERE ("id" = NEW."id")
  OR ("event" = NEW."event")) BEGIN SELECT RAISE(ABORT, 'notices are never removed'); END
