ALTER TABLE outlets ADD COLUMN acknowledge_days INTEGER DEFAULT '7' NOT NULL

ALTER TABLE outlets ADD COLUMN answer_days INTEGER DEFAULT '21' NOT NULL

ALTER TABLE outlets ADD COLUMN two_editors BOOLEAN DEFAULT false NOT NULL

DROP TRIGGER reports_update ON reports

DROP FUNCTION reports_update

ALTER TABLE reports
  ALTER COLUMN article DROP NOT NULL,
  ADD COLUMN outlet TEXT,
  ADD COLUMN source TEXT,
  ADD COLUMN edition INTEGER,
  ADD COLUMN text TEXT,
  ADD COLUMN salt TEXT,
  ADD COLUMN digest TEXT,
  ADD COLUMN name TEXT,
  ADD COLUMN email TEXT,
  ADD COLUMN key TEXT,
  ADD COLUMN assigned_to TEXT,
  ADD COLUMN acknowledge_by BIGINT,
  ADD COLUMN acknowledged_at BIGINT,
  ADD COLUMN due_at BIGINT,
  ADD COLUMN answered_at BIGINT,
  ADD COLUMN erased_at BIGINT

UPDATE reports SET outlet = comments.outlet, source = 'comment', edition = comments.edition,
  acknowledge_by = reports.at + 7 * 86400000000, due_at = reports.at + 21 * 86400000000, erased_at = comments.erased_at
FROM comments WHERE comments.id = reports.comment

ALTER TABLE reports
  ALTER COLUMN outlet SET NOT NULL,
  ALTER COLUMN source SET NOT NULL,
  ALTER COLUMN acknowledge_by SET NOT NULL,
  ALTER COLUMN due_at SET NOT NULL,
  ADD CONSTRAINT uq_reports_key UNIQUE (key),
  ADD CONSTRAINT fk_reports_edition FOREIGN KEY(article, edition) REFERENCES editions (article, number),
  ADD CONSTRAINT ck_reports_source CHECK (source IN ('comment', 'form', 'email', 'coral')),
  ADD CONSTRAINT ck_reports_state CHECK (state IN ('open', 'investigating', 'answered')),
  ADD CONSTRAINT ck_reports_comment CHECK ((source = 'comment') = (comment IS NOT NULL)),
  ADD CONSTRAINT ck_reports_words CHECK (comment IS NULL OR text IS NULL),
  ADD CONSTRAINT fk_reports_outlet FOREIGN KEY(outlet) REFERENCES outlets (id)

CREATE INDEX ix_reports_article_id ON reports (article, id)

CREATE INDEX ix_reports_outlet_state_due_at ON reports (outlet, state, due_at)

CREATE TABLE corrections (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  article BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  by TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  CONSTRAINT pk_corrections PRIMARY KEY (id),
  CONSTRAINT ck_corrections_kind CHECK (kind IN ('correction', 'clarification')),
  CONSTRAINT fk_corrections_before FOREIGN KEY(article, before) REFERENCES editions (article, number),
  CONSTRAINT fk_corrections_after FOREIGN KEY(article, after) REFERENCES editions (article, number),
  CONSTRAINT fk_corrections_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_corrections_article FOREIGN KEY(article) REFERENCES articles (id)
)

CREATE INDEX ix_corrections_article_id ON corrections (article, id)

CREATE INDEX ix_corrections_outlet_id ON corrections (outlet, id)

CREATE TABLE assertions (
  id BIGSERIAL NOT NULL,
  report BIGINT NOT NULL,
  number INTEGER NOT NULL,
  by TEXT NOT NULL,
  at BIGINT NOT NULL,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  correction BIGINT,
  CONSTRAINT pk_assertions PRIMARY KEY (id),
  CONSTRAINT uq_assertions_report_number UNIQUE (report, number),
  CONSTRAINT ck_assertions_kind CHECK (kind IN ('fact', 'emphasis', 'spelling', 'link_or_caption', 'opinion', 'not_about_us')),
  CONSTRAINT ck_assertions_status CHECK (status IN ('open', 'investigating', 'corrected', 'clarified', 'no_error', 'not_ours', 'withdrawn')),
  CONSTRAINT ck_assertions_span CHECK (0 <= "begin" AND "begin" <= "end"),
  CONSTRAINT fk_assertions_report FOREIGN KEY(report) REFERENCES reports (id),
  CONSTRAINT fk_assertions_correction FOREIGN KEY(correction) REFERENCES corrections (id)
)

CREATE INDEX ix_assertions_correction ON assertions (correction)

CREATE TABLE steps (
  id BIGSERIAL NOT NULL,
  report BIGINT NOT NULL,
  assertion BIGINT,
  deed TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT,
  by TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_steps PRIMARY KEY (id),
  CONSTRAINT ck_steps_deed CHECK (deed IN ('status', 'proposed', 'kind', 'added', 'split', 'assigned', 'article')),
  CONSTRAINT fk_steps_report FOREIGN KEY(report) REFERENCES reports (id),
  CONSTRAINT fk_steps_assertion FOREIGN KEY(assertion) REFERENCES assertions (id)
)

CREATE INDEX ix_steps_assertion ON steps (assertion)

CREATE INDEX ix_steps_report_id ON steps (report, id)

CREATE TABLE mails (
  id BIGSERIAL NOT NULL,
  outlet TEXT,
  message_id TEXT NOT NULL,
  thread TEXT NOT NULL,
  kind TEXT NOT NULL,
  report BIGINT,
  sender TEXT,
  subject TEXT,
  headers JSON,
  text TEXT,
  attachments JSON,
  at BIGINT NOT NULL,
  erased_at BIGINT,
  CONSTRAINT pk_mails PRIMARY KEY (id),
  CONSTRAINT ck_mails_kind CHECK (kind IN ('report', 'reply', 'automatic', 'bounce', 'other')),
  CONSTRAINT fk_mails_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT uq_mails_message_id UNIQUE (message_id),
  CONSTRAINT fk_mails_report FOREIGN KEY(report) REFERENCES reports (id)
)

CREATE INDEX ix_mails_report ON mails (report)

CREATE INDEX ix_mails_thread ON mails (thread)

CREATE TABLE letters (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  report BIGINT NOT NULL,
  kind TEXT NOT NULL,
  message_id TEXT NOT NULL,
  answers JSON NOT NULL,
  recipient TEXT,
  subject TEXT,
  body TEXT,
  at BIGINT NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL,
  next_at BIGINT,
  failure TEXT,
  sent_at BIGINT,
  erased_at BIGINT,
  CONSTRAINT pk_letters PRIMARY KEY (id),
  CONSTRAINT ck_letters_kind CHECK (kind IN ('acknowledgement', 'answer', 'reply')),
  CONSTRAINT fk_letters_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_letters_report FOREIGN KEY(report) REFERENCES reports (id),
  CONSTRAINT uq_letters_message_id UNIQUE (message_id)
)

CREATE INDEX ix_letters_next_at ON letters (next_at)

CREATE INDEX ix_letters_report ON letters (report)

INSERT INTO assertions (report, number, "by", at, "begin", "end", kind, status)
SELECT reports.id, 1, 'ombud', reports.at, 0, coalesce(length(comments.text), 0), 'fact', 'open'
FROM reports JOIN comments ON comments.id = reports.comment

CREATE FUNCTION reports_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reports never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER reports_update BEFORE UPDATE ON "reports" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."source"::text IS DISTINCT FROM NEW."source"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."digest"::text IS DISTINCT FROM NEW."digest"::text
  OR OLD."key"::text IS DISTINCT FROM NEW."key"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."text"::text IS DISTINCT FROM NEW."text"::text AND NEW."text" IS NOT NULL)
  OR (OLD."salt"::text IS DISTINCT FROM NEW."salt"::text AND NEW."salt" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION reports_update()

CREATE FUNCTION reports_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'reports never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER reports_emptied BEFORE UPDATE ON "reports" FOR EACH ROW WHEN (OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."salt"::text IS DISTINCT FROM NEW."salt"::text) EXECUTE FUNCTION reports_emptied()

CREATE FUNCTION corrections_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'corrections never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER corrections_update BEFORE UPDATE ON "corrections" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."kind"::text IS DISTINCT FROM NEW."kind"::text
  OR OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."published_at"::text IS DISTINCT FROM NEW."published_at"::text) EXECUTE FUNCTION corrections_update()

CREATE FUNCTION corrections_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'corrections are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER corrections_delete BEFORE DELETE ON "corrections" FOR EACH ROW EXECUTE FUNCTION corrections_delete()

CREATE TRIGGER corrections_truncate BEFORE TRUNCATE ON "corrections" FOR EACH STATEMENT EXECUTE FUNCTION corrections_delete()

CREATE FUNCTION assertions_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'assertions never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER assertions_update BEFORE UPDATE ON "assertions" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."number"::text IS DISTINCT FROM NEW."number"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text) EXECUTE FUNCTION assertions_update()

CREATE FUNCTION assertions_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'assertions are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER assertions_delete BEFORE DELETE ON "assertions" FOR EACH ROW EXECUTE FUNCTION assertions_delete()

CREATE TRIGGER assertions_truncate BEFORE TRUNCATE ON "assertions" FOR EACH STATEMENT EXECUTE FUNCTION assertions_delete()

CREATE FUNCTION steps_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'steps never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."assertion"::text IS DISTINCT FROM NEW."assertion"::text
  OR OLD."deed"::text IS DISTINCT FROM NEW."deed"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."reason"::text IS DISTINCT FROM NEW."reason"::text AND NEW."reason" IS NOT NULL)) EXECUTE FUNCTION steps_update()

CREATE FUNCTION steps_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT (SELECT erased_at FROM reports WHERE id = OLD.report) IS NOT NULL THEN RAISE EXCEPTION 'steps never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER steps_emptied BEFORE UPDATE ON "steps" FOR EACH ROW WHEN (OLD."reason"::text IS DISTINCT FROM NEW."reason"::text) EXECUTE FUNCTION steps_emptied()

CREATE FUNCTION steps_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'steps are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER steps_delete BEFORE DELETE ON "steps" FOR EACH ROW EXECUTE FUNCTION steps_delete()

CREATE TRIGGER steps_truncate BEFORE TRUNCATE ON "steps" FOR EACH STATEMENT EXECUTE FUNCTION steps_delete()

CREATE FUNCTION mails_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mails never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER mails_update BEFORE UPDATE ON "mails" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."message_id"::text IS DISTINCT FROM NEW."message_id"::text
  OR OLD."thread"::text IS DISTINCT FROM NEW."thread"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."sender"::text IS DISTINCT FROM NEW."sender"::text AND NEW."sender" IS NOT NULL)
  OR (OLD."subject"::text IS DISTINCT FROM NEW."subject"::text AND NEW."subject" IS NOT NULL)
  OR (OLD."headers"::text IS DISTINCT FROM NEW."headers"::text AND NEW."headers" IS NOT NULL)
  OR (OLD."text"::text IS DISTINCT FROM NEW."text"::text AND NEW."text" IS NOT NULL)
  OR (OLD."attachments"::text IS DISTINCT FROM NEW."attachments"::text AND NEW."attachments" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION mails_update()

CREATE FUNCTION mails_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'mails never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER mails_emptied BEFORE UPDATE ON "mails" FOR EACH ROW WHEN (OLD."sender"::text IS DISTINCT FROM NEW."sender"::text
  OR OLD."subject"::text IS DISTINCT FROM NEW."subject"::text
  OR OLD."headers"::text IS DISTINCT FROM NEW."headers"::text
  OR OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."attachments"::text IS DISTINCT FROM NEW."attachments"::text) EXECUTE FUNCTION mails_emptied()

CREATE FUNCTION mails_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mails are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER mails_delete BEFORE DELETE ON "mails" FOR EACH ROW EXECUTE FUNCTION mails_delete()

CREATE TRIGGER mails_truncate BEFORE TRUNCATE ON "mails" FOR EACH STATEMENT EXECUTE FUNCTION mails_delete()

CREATE FUNCTION letters_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'letters never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER letters_update BEFORE UPDATE ON "letters" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."kind"::text IS DISTINCT FROM NEW."kind"::text
  OR OLD."message_id"::text IS DISTINCT FROM NEW."message_id"::text
  OR OLD."answers"::text IS DISTINCT FROM NEW."answers"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."recipient"::text IS DISTINCT FROM NEW."recipient"::text AND NEW."recipient" IS NOT NULL)
  OR (OLD."subject"::text IS DISTINCT FROM NEW."subject"::text AND NEW."subject" IS NOT NULL)
  OR (OLD."body"::text IS DISTINCT FROM NEW."body"::text AND NEW."body" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)
  OR (OLD.sent_at IS NOT NULL AND OLD.sent_at IS DISTINCT FROM NEW.sent_at)) EXECUTE FUNCTION letters_update()

CREATE FUNCTION letters_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'letters never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER letters_emptied BEFORE UPDATE ON "letters" FOR EACH ROW WHEN (OLD."recipient"::text IS DISTINCT FROM NEW."recipient"::text
  OR OLD."subject"::text IS DISTINCT FROM NEW."subject"::text
  OR OLD."body"::text IS DISTINCT FROM NEW."body"::text) EXECUTE FUNCTION letters_emptied()

CREATE FUNCTION letters_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'letters are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER letters_delete BEFORE DELETE ON "letters" FOR EACH ROW EXECUTE FUNCTION letters_delete()

CREATE TRIGGER letters_truncate BEFORE TRUNCATE ON "letters" FOR EACH STATEMENT EXECUTE FUNCTION letters_delete()
