ALTER TABLE outlets ADD COLUMN acknowledge_days INTEGER DEFAULT '7' NOT NULL

ALTER TABLE outlets ADD COLUMN answer_days INTEGER DEFAULT '21' NOT NULL

ALTER TABLE outlets ADD COLUMN two_editors BOOLEAN DEFAULT false NOT NULL

ALTER TABLE reports RENAME TO reports_before

DROP INDEX ix_reports_state_id

CREATE TABLE reports (
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  source TEXT NOT NULL,
  article INTEGER,
  edition INTEGER,
  comment INTEGER,
  text TEXT,
  salt TEXT,
  digest TEXT,
  name TEXT,
  email TEXT,
  "key" TEXT,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  assigned_to TEXT,
  acknowledge_by BIGINT NOT NULL,
  acknowledged_at BIGINT,
  due_at BIGINT NOT NULL,
  answered_at BIGINT,
  erased_at BIGINT,
  CONSTRAINT pk_reports PRIMARY KEY (id),
  CONSTRAINT uq_reports_comment UNIQUE (comment),
  CONSTRAINT uq_reports_key UNIQUE ("key"),
  CONSTRAINT fk_reports_edition FOREIGN KEY(article, edition) REFERENCES editions (article, number),
  CONSTRAINT ck_reports_source CHECK (source IN ('comment', 'form', 'email', 'coral')),
  CONSTRAINT ck_reports_state CHECK (state IN ('open', 'investigating', 'answered')),
  CONSTRAINT ck_reports_comment CHECK ((source = 'comment') = (comment IS NOT NULL)),
  CONSTRAINT ck_reports_words CHECK (comment IS NULL OR text IS NULL),
  CONSTRAINT fk_reports_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_reports_article FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT fk_reports_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

INSERT INTO reports (id, outlet, source, article, edition, comment, at, state, acknowledge_by, due_at, erased_at)
SELECT reports_before.id, comments.outlet, 'comment', comments.article, comments.edition, comments.id, reports_before.at,
  reports_before.state, reports_before.at + 7 * 86400000000, reports_before.at + 21 * 86400000000, comments.erased_at
FROM reports_before JOIN comments ON comments.id = reports_before.comment

DROP TABLE reports_before

CREATE INDEX ix_reports_article_id ON reports (article, id)

CREATE INDEX ix_reports_outlet_state_due_at ON reports (outlet, state, due_at)

CREATE INDEX ix_reports_state_id ON reports (state, id)

CREATE TABLE corrections (
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  article INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  "before" INTEGER NOT NULL,
  "after" INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  CONSTRAINT pk_corrections PRIMARY KEY (id),
  CONSTRAINT ck_corrections_kind CHECK (kind IN ('correction', 'clarification')),
  CONSTRAINT fk_corrections_before FOREIGN KEY(article, "before") REFERENCES editions (article, number),
  CONSTRAINT fk_corrections_after FOREIGN KEY(article, "after") REFERENCES editions (article, number),
  CONSTRAINT fk_corrections_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_corrections_article FOREIGN KEY(article) REFERENCES articles (id)
)

CREATE INDEX ix_corrections_article_id ON corrections (article, id)

CREATE INDEX ix_corrections_outlet_id ON corrections (outlet, id)

CREATE TABLE assertions (
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
  number INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  correction INTEGER,
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
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
  assertion INTEGER,
  deed TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  reason TEXT,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_steps PRIMARY KEY (id),
  CONSTRAINT ck_steps_deed CHECK (deed IN ('status', 'proposed', 'kind', 'added', 'split', 'assigned', 'article')),
  CONSTRAINT fk_steps_report FOREIGN KEY(report) REFERENCES reports (id),
  CONSTRAINT fk_steps_assertion FOREIGN KEY(assertion) REFERENCES assertions (id)
)

CREATE INDEX ix_steps_assertion ON steps (assertion)

CREATE INDEX ix_steps_report_id ON steps (report, id)

CREATE TABLE mails (
  id INTEGER NOT NULL,
  outlet TEXT,
  message_id TEXT NOT NULL,
  thread TEXT NOT NULL,
  kind TEXT NOT NULL,
  report INTEGER,
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
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  report INTEGER NOT NULL,
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

CREATE TRIGGER reports_update BEFORE UPDATE ON "reports" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."source" IS NOT NEW."source"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."digest" IS NOT NEW."digest"
  OR OLD."key" IS NOT NEW."key"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."text" IS NOT NEW."text" AND NEW."text" IS NOT NULL)
  OR (OLD."salt" IS NOT NEW."salt" AND NEW."salt" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'reports never change'); END

CREATE TRIGGER reports_emptied BEFORE UPDATE ON "reports" WHEN (OLD."text" IS NOT NEW."text"
  OR OLD."salt" IS NOT NEW."salt") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'reports never change'); END

CREATE TRIGGER reports_delete BEFORE DELETE ON "reports" BEGIN SELECT RAISE(ABORT, 'reports are never removed'); END

CREATE TRIGGER reports_replace BEFORE INSERT ON "reports" WHEN EXISTS (SELECT 1 FROM "reports" WHERE ("id" = NEW."id")
  OR ("comment" = NEW."comment")
  OR ("key" = NEW."key")) BEGIN SELECT RAISE(ABORT, 'reports are never removed'); END

CREATE TRIGGER corrections_update BEFORE UPDATE ON "corrections" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."kind" IS NOT NEW."kind"
  OR OLD."text" IS NOT NEW."text"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."published_at" IS NOT NEW."published_at") BEGIN SELECT RAISE(ABORT, 'corrections never change'); END

CREATE TRIGGER corrections_delete BEFORE DELETE ON "corrections" BEGIN SELECT RAISE(ABORT, 'corrections are never removed'); END

CREATE TRIGGER corrections_replace BEFORE INSERT ON "corrections" WHEN EXISTS (SELECT 1 FROM "corrections" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'corrections are never removed'); END

CREATE TRIGGER assertions_update BEFORE UPDATE ON "assertions" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."number" IS NOT NEW."number"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at") BEGIN SELECT RAISE(ABORT, 'assertions never change'); END

CREATE TRIGGER assertions_delete BEFORE DELETE ON "assertions" BEGIN SELECT RAISE(ABORT, 'assertions are never removed'); END

CREATE TRIGGER assertions_replace BEFORE INSERT ON "assertions" WHEN EXISTS (SELECT 1 FROM "assertions" WHERE ("id" = NEW."id")
  OR ("report" = NEW."report" AND "number" = NEW."number")) BEGIN SELECT RAISE(ABORT, 'assertions are never removed'); END

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."assertion" IS NOT NEW."assertion"
  OR OLD."deed" IS NOT NEW."deed"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."reason" IS NOT NEW."reason" AND NEW."reason" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'steps never change'); END

CREATE TRIGGER steps_emptied BEFORE UPDATE ON "steps" WHEN (OLD."reason" IS NOT NEW."reason") AND NOT (SELECT erased_at FROM reports WHERE id = OLD.report) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'steps never change'); END

CREATE TRIGGER steps_delete BEFORE DELETE ON "steps" BEGIN SELECT RAISE(ABORT, 'steps are never removed'); END

CREATE TRIGGER steps_replace BEFORE INSERT ON "steps" WHEN EXISTS (SELECT 1 FROM "steps" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'steps are never removed'); END

CREATE TRIGGER mails_update BEFORE UPDATE ON "mails" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."message_id" IS NOT NEW."message_id"
  OR OLD."thread" IS NOT NEW."thread"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."sender" IS NOT NEW."sender" AND NEW."sender" IS NOT NULL)
  OR (OLD."subject" IS NOT NEW."subject" AND NEW."subject" IS NOT NULL)
  OR (OLD."headers" IS NOT NEW."headers" AND NEW."headers" IS NOT NULL)
  OR (OLD."text" IS NOT NEW."text" AND NEW."text" IS NOT NULL)
  OR (OLD."attachments" IS NOT NEW."attachments" AND NEW."attachments" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'mails never change'); END

CREATE TRIGGER mails_emptied BEFORE UPDATE ON "mails" WHEN (OLD."sender" IS NOT NEW."sender"
  OR OLD."subject" IS NOT NEW."subject"
  OR OLD."headers" IS NOT NEW."headers"
  OR OLD."text" IS NOT NEW."text"
  OR OLD."attachments" IS NOT NEW."attachments") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'mails never change'); END

CREATE TRIGGER mails_delete BEFORE DELETE ON "mails" BEGIN SELECT RAISE(ABORT, 'mails are never removed'); END

CREATE TRIGGER mails_replace BEFORE INSERT ON "mails" WHEN EXISTS (SELECT 1 FROM "mails" WHERE ("id" = NEW."id")
  OR ("message_id" = NEW."message_id")) BEGIN SELECT RAISE(ABORT, 'mails are never removed'); END

CREATE TRIGGER letters_update BEFORE UPDATE ON "letters" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."kind" IS NOT NEW."kind"
  OR OLD."message_id" IS NOT NEW."message_id"
  OR OLD."answers" IS NOT NEW."answers"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."recipient" IS NOT NEW."recipient" AND NEW."recipient" IS NOT NULL)
  OR (OLD."subject" IS NOT NEW."subject" AND NEW."subject" IS NOT NULL)
  OR (OLD."body" IS NOT NEW."body" AND NEW."body" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)
  OR (OLD.sent_at IS NOT NULL AND OLD.sent_at IS NOT NEW.sent_at)) BEGIN SELECT RAISE(ABORT, 'letters never change'); END

CREATE TRIGGER letters_emptied BEFORE UPDATE ON "letters" WHEN (OLD."recipient" IS NOT NEW."recipient"
  OR OLD."subject" IS NOT NEW."subject"
  OR OLD."body" IS NOT NEW."body") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'letters never change'); END

CREATE TRIGGER letters_delete BEFORE DELETE ON "letters" BEGIN SELECT RAISE(ABORT, 'letters are never removed'); END

CREATE TRIGGER letters_replace BEFORE INSERT ON "letters" WHEN EXISTS (SELECT 1 FROM "letters" WHERE ("id" = NEW."id")
  OR ("message_id" = NEW."message_id")) BEGIN SELECT RAISE(ABORT, 'letters are never removed'); END
