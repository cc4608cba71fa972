CREATE TABLE log (
  seq INTEGER NOT NULL,
  at BIGINT NOT NULL,
  outlet TEXT,
  "by" TEXT NOT NULL,
  deed TEXT NOT NULL,
  article INTEGER,
  comment INTEGER,
  facts TEXT NOT NULL,
  "before" TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_log PRIMARY KEY (seq),
  CONSTRAINT uq_log_hash UNIQUE (hash)
)

CREATE INDEX ix_log_comment ON log (comment)

CREATE TABLE comments (
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  article INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  reader INTEGER NOT NULL,
  name TEXT,
  staff BOOLEAN NOT NULL,
  parent INTEGER,
  root INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  text TEXT,
  beginning TEXT GENERATED ALWAYS AS (substr(text, 1, 40)) STORED,
  salt TEXT,
  digest TEXT NOT NULL,
  terms_version TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  erased_at BIGINT,
  state TEXT NOT NULL,
  state_at BIGINT NOT NULL,
  held_because TEXT DEFAULT '' NOT NULL,
  certainty FLOAT NOT NULL,
  disagreement FLOAT NOT NULL,
  answers INTEGER DEFAULT '0' NOT NULL,
  flags INTEGER DEFAULT '0' NOT NULL,
  picked BOOLEAN DEFAULT false NOT NULL,
  escalated BOOLEAN DEFAULT false NOT NULL,
  claimed_by TEXT,
  claimed_until BIGINT,
  CONSTRAINT pk_comments PRIMARY KEY (id),
  CONSTRAINT fk_comments_article_edition FOREIGN KEY(article, edition) REFERENCES editions (article, number),
  CONSTRAINT ck_comments_state CHECK (state IN ('held', 'approved', 'deleted')),
  CONSTRAINT ck_comments_depth CHECK (depth BETWEEN 0 AND 10),
  CONSTRAINT ck_comments_erased CHECK ((text IS NULL) = (erased_at IS NOT NULL)),
  CONSTRAINT fk_comments_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_comments_reader FOREIGN KEY(reader) REFERENCES readers (id),
  CONSTRAINT fk_comments_parent FOREIGN KEY(parent) REFERENCES comments (id)
)

CREATE INDEX ix_comments_article_state_id ON comments (article, state, id)

CREATE INDEX ix_comments_beginning ON comments (beginning)

CREATE INDEX ix_comments_created_at ON comments (created_at)

CREATE INDEX ix_comments_digest ON comments (digest)

CREATE INDEX ix_comments_reader_id ON comments (reader, id)

CREATE INDEX ix_comments_root_id ON comments (root, id)

CREATE INDEX ix_comments_shown ON comments (article, id) WHERE parent IS NULL AND (state = 'approved' OR answers > 0)

CREATE INDEX ix_comments_state_certainty_id ON comments (state, certainty, id)

CREATE INDEX ix_comments_state_disagreement_id ON comments (state, disagreement, id)

CREATE INDEX ix_comments_state_id ON comments (state, id)

CREATE TABLE decisions (
  id INTEGER NOT NULL,
  comment INTEGER NOT NULL,
  action TEXT NOT NULL,
  policy TEXT NOT NULL,
  model TEXT NOT NULL,
  scores JSON NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_decisions PRIMARY KEY (id),
  CONSTRAINT fk_decisions_comment FOREIGN KEY(comment) REFERENCES comments (id),
  CONSTRAINT fk_decisions_policy FOREIGN KEY(policy) REFERENCES policies (version)
)

CREATE INDEX ix_decisions_comment ON decisions (comment)

CREATE TABLE flags (
  id INTEGER NOT NULL,
  comment INTEGER NOT NULL,
  reader INTEGER NOT NULL,
  clause TEXT,
  note TEXT,
  at BIGINT NOT NULL,
  CONSTRAINT pk_flags PRIMARY KEY (id),
  CONSTRAINT uq_flags_comment_reader UNIQUE (comment, reader),
  CONSTRAINT fk_flags_comment FOREIGN KEY(comment) REFERENCES comments (id),
  CONSTRAINT fk_flags_reader FOREIGN KEY(reader) REFERENCES readers (id)
)

CREATE TABLE reports (
  id INTEGER NOT NULL,
  article INTEGER NOT NULL,
  comment INTEGER,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_reports PRIMARY KEY (id),
  CONSTRAINT fk_reports_article FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT uq_reports_comment UNIQUE (comment),
  CONSTRAINT fk_reports_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_reports_state_id ON reports (state, id)

CREATE TABLE rulings (
  id INTEGER NOT NULL,
  comment INTEGER NOT NULL,
  kind TEXT NOT NULL,
  action TEXT NOT NULL,
  clause TEXT,
  note TEXT,
  "by" TEXT NOT NULL,
  undoes INTEGER,
  state_before TEXT NOT NULL,
  state_after TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_rulings PRIMARY KEY (id),
  CONSTRAINT ck_rulings_kind CHECK (kind IN ('ruling', 'blind', 'outside')),
  CONSTRAINT ck_rulings_action CHECK (action IN ('approve', 'delete', 'escalate', 'undo')),
  CONSTRAINT fk_rulings_comment FOREIGN KEY(comment) REFERENCES comments (id),
  CONSTRAINT uq_rulings_undoes UNIQUE (undoes),
  CONSTRAINT fk_rulings_undoes FOREIGN KEY(undoes) REFERENCES rulings (id)
)

CREATE INDEX ix_rulings_at ON rulings (at)

CREATE INDEX ix_rulings_by_id ON rulings ("by", id)

CREATE INDEX ix_rulings_comment_id ON rulings (comment, id)

CREATE TABLE sent (
  sender TEXT NOT NULL,
  "key" TEXT NOT NULL,
  digest TEXT NOT NULL,
  comment INTEGER NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_sent PRIMARY KEY (sender, "key"),
  CONSTRAINT fk_sent_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_sent_at ON sent (at)

CREATE TABLE suggestions (
  id INTEGER NOT NULL,
  comment INTEGER,
  digest TEXT,
  text JSON,
  context JSON,
  scores JSON NOT NULL,
  languages JSON NOT NULL,
  community JSON,
  token JSON,
  policy TEXT NOT NULL,
  model TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  erased_at BIGINT,
  total BIGINT NOT NULL,
  CONSTRAINT pk_suggestions PRIMARY KEY (id),
  CONSTRAINT ck_suggestions_erased CHECK ((text IS NULL) = (erased_at IS NOT NULL)),
  CONSTRAINT fk_suggestions_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_suggestions_comment ON suggestions (comment)

CREATE INDEX ix_suggestions_digest ON suggestions (digest)

CREATE TABLE findings (
  decision INTEGER NOT NULL,
  number INTEGER NOT NULL,
  comment INTEGER NOT NULL,
  rule TEXT NOT NULL,
  certainty FLOAT NOT NULL,
  "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  action TEXT NOT NULL,
  trial BOOLEAN NOT NULL,
  why TEXT,
  CONSTRAINT pk_findings PRIMARY KEY (decision, number),
  CONSTRAINT fk_findings_decision FOREIGN KEY(decision) REFERENCES decisions (id),
  CONSTRAINT fk_findings_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_findings_comment ON findings (comment)

CREATE INDEX ix_findings_rule_comment ON findings (rule, comment)

CREATE TRIGGER comments_update BEFORE UPDATE ON "comments" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."edition" IS NOT NEW."edition"
  OR OLD."reader" IS NOT NEW."reader"
  OR OLD."staff" IS NOT NEW."staff"
  OR OLD."parent" IS NOT NEW."parent"
  OR OLD."root" IS NOT NEW."root"
  OR OLD."depth" IS NOT NEW."depth"
  OR OLD."digest" IS NOT NEW."digest"
  OR OLD."terms_version" IS NOT NEW."terms_version"
  OR OLD."created_at" IS NOT NEW."created_at"
  OR (OLD."text" IS NOT NEW."text" AND NEW."text" IS NOT NULL)
  OR (OLD."name" IS NOT NEW."name" AND NEW."name" IS NOT NULL)
  OR (OLD."salt" IS NOT NEW."salt" AND NEW."salt" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'comments never change'); END

CREATE TRIGGER comments_emptied BEFORE UPDATE ON "comments" WHEN (OLD."text" IS NOT NEW."text"
  OR OLD."name" IS NOT NEW."name"
  OR OLD."salt" IS NOT NEW."salt") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'comments never change'); END

CREATE TRIGGER comments_delete BEFORE DELETE ON "comments" BEGIN SELECT RAISE(ABORT, 'comments are never removed'); END

CREATE TRIGGER comments_replace BEFORE INSERT ON "comments" WHEN EXISTS (SELECT 1 FROM "comments" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'comments are never removed'); END

CREATE TRIGGER findings_update BEFORE UPDATE ON "findings" WHEN (OLD."decision" IS NOT NEW."decision"
  OR OLD."number" IS NOT NEW."number"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."rule" IS NOT NEW."rule"
  OR OLD."certainty" IS NOT NEW."certainty"
  OR OLD."begin" IS NOT NEW."begin"
  OR OLD."end" IS NOT NEW."end"
  OR OLD."action" IS NOT NEW."action"
  OR OLD."trial" IS NOT NEW."trial"
  OR (OLD."why" IS NOT NEW."why" AND NEW."why" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'findings never change'); END

CREATE TRIGGER findings_emptied BEFORE UPDATE ON "findings" WHEN (OLD."why" IS NOT NEW."why") AND NOT (SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'findings never change'); END

CREATE TRIGGER findings_delete BEFORE DELETE ON "findings" BEGIN SELECT RAISE(ABORT, 'findings are never removed'); END

CREATE TRIGGER findings_replace BEFORE INSERT ON "findings" WHEN EXISTS (SELECT 1 FROM "findings" WHERE ("decision" = NEW."decision" AND "number" = NEW."number")) BEGIN SELECT RAISE(ABORT, 'findings are never removed'); END

CREATE TRIGGER reports_update BEFORE UPDATE ON "reports" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."at" IS NOT NEW."at") BEGIN SELECT RAISE(ABORT, 'reports never change'); END

CREATE TRIGGER reports_delete BEFORE DELETE ON "reports" BEGIN SELECT RAISE(ABORT, 'reports are never removed'); END

CREATE TRIGGER reports_replace BEFORE INSERT ON "reports" WHEN EXISTS (SELECT 1 FROM "reports" WHERE ("id" = NEW."id")
  OR ("comment" = NEW."comment")) BEGIN SELECT RAISE(ABORT, 'reports are never removed'); END

CREATE TRIGGER decisions_update BEFORE UPDATE ON "decisions" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."action" IS NOT NEW."action"
  OR OLD."policy" IS NOT NEW."policy"
  OR OLD."model" IS NOT NEW."model"
  OR OLD."scores" IS NOT NEW."scores"
  OR OLD."at" IS NOT NEW."at") BEGIN SELECT RAISE(ABORT, 'decisions never change'); END

CREATE TRIGGER decisions_delete BEFORE DELETE ON "decisions" BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END

CREATE TRIGGER decisions_replace BEFORE INSERT ON "decisions" WHEN EXISTS (SELECT 1 FROM "decisions" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END

CREATE TRIGGER rulings_update BEFORE UPDATE ON "rulings" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."kind" IS NOT NEW."kind"
  OR OLD."action" IS NOT NEW."action"
  OR OLD."clause" IS NOT NEW."clause"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."undoes" IS NOT NEW."undoes"
  OR OLD."state_before" IS NOT NEW."state_before"
  OR OLD."state_after" IS NOT NEW."state_after"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."note" IS NOT NEW."note" AND NEW."note" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'rulings never change'); END

CREATE TRIGGER rulings_emptied BEFORE UPDATE ON "rulings" WHEN (OLD."note" IS NOT NEW."note") AND NOT (SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'rulings never change'); END

CREATE TRIGGER rulings_delete BEFORE DELETE ON "rulings" BEGIN SELECT RAISE(ABORT, 'rulings are never removed'); END

CREATE TRIGGER rulings_replace BEFORE INSERT ON "rulings" WHEN EXISTS (SELECT 1 FROM "rulings" WHERE ("id" = NEW."id")
  OR ("undoes" = NEW."undoes")) BEGIN SELECT RAISE(ABORT, 'rulings are never removed'); END

CREATE TRIGGER flags_update BEFORE UPDATE ON "flags" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."reader" IS NOT NEW."reader"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."note" IS NOT NEW."note" AND NEW."note" IS NOT NULL)
  OR (OLD."clause" IS NOT NEW."clause" AND NEW."clause" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'flags never change'); END

CREATE TRIGGER flags_emptied BEFORE UPDATE ON "flags" WHEN (OLD."note" IS NOT NEW."note"
  OR OLD."clause" IS NOT NEW."clause") AND NOT ((SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL
  OR (SELECT erased_at FROM readers WHERE id = OLD.reader) IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'flags never change'); END

CREATE TRIGGER flags_delete BEFORE DELETE ON "flags" BEGIN SELECT RAISE(ABORT, 'flags are never removed'); END

CREATE TRIGGER flags_replace BEFORE INSERT ON "flags" WHEN EXISTS (SELECT 1 FROM "flags" WHERE ("id" = NEW."id")
  OR ("comment" = NEW."comment" AND "reader" = NEW."reader")) BEGIN SELECT RAISE(ABORT, 'flags are never removed'); END

CREATE TRIGGER suggestions_update BEFORE UPDATE ON "suggestions" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."scores" IS NOT NEW."scores"
  OR OLD."languages" IS NOT NEW."languages"
  OR OLD."community" IS NOT NEW."community"
  OR OLD."token" IS NOT NEW."token"
  OR OLD."policy" IS NOT NEW."policy"
  OR OLD."model" IS NOT NEW."model"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR OLD."total" IS NOT NEW."total"
  OR (OLD."text" IS NOT NEW."text" AND NEW."text" IS NOT NULL)
  OR (OLD."context" IS NOT NEW."context" AND NEW."context" IS NOT NULL)
  OR (OLD."digest" IS NOT NEW."digest" AND NEW."digest" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'suggestions never change'); END

CREATE TRIGGER suggestions_emptied BEFORE UPDATE ON "suggestions" WHEN (OLD."text" IS NOT NEW."text"
  OR OLD."context" IS NOT NEW."context"
  OR OLD."digest" IS NOT NEW."digest") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'suggestions never change'); END

CREATE TRIGGER suggestions_delete BEFORE DELETE ON "suggestions" BEGIN SELECT RAISE(ABORT, 'suggestions are never removed'); END

CREATE TRIGGER suggestions_replace BEFORE INSERT ON "suggestions" WHEN EXISTS (SELECT 1 FROM "suggestions" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'suggestions are never removed'); END

CREATE TRIGGER log_update BEFORE UPDATE ON "log" WHEN (OLD."seq" IS NOT NEW."seq"
  OR OLD."at" IS NOT NEW."at"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."deed" IS NOT NEW."deed"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."comment" IS NOT NEW."comment"
  OR OLD."facts" IS NOT NEW."facts"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."hash" IS NOT NEW."hash") BEGIN SELECT RAISE(ABORT, 'log never change'); END

CREATE TRIGGER log_delete BEFORE DELETE ON "log" BEGIN SELECT RAISE(ABORT, 'log are never removed'); END

CREATE TRIGGER log_replace BEFORE INSERT ON "log" WHEN EXISTS (SELECT 1 FROM "log" WHERE ("seq" = NEW."seq")
  OR ("hash" = NEW."hash")) BEGIN SELECT RAISE(ABORT, 'log are never removed'); END
