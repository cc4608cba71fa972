CREATE TABLE log (
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  outlet TEXT,
  by TEXT NOT NULL,
  deed TEXT NOT NULL,
  article BIGINT,
  comment BIGINT,
  facts TEXT NOT NULL,
  before TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_log PRIMARY KEY (seq),
  CONSTRAINT uq_log_hash UNIQUE (hash)
)

CREATE INDEX ix_log_comment ON log (comment)

CREATE TABLE comments (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  article BIGINT NOT NULL,
  edition INTEGER NOT NULL,
  reader BIGINT NOT NULL,
  name TEXT,
  staff BOOLEAN NOT NULL,
  parent BIGINT,
  root BIGINT NOT NULL,
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
  id BIGSERIAL NOT NULL,
  comment BIGINT NOT NULL,
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
  id BIGSERIAL NOT NULL,
  comment BIGINT NOT NULL,
  reader BIGINT NOT NULL,
  clause TEXT,
  note TEXT,
  at BIGINT NOT NULL,
  CONSTRAINT pk_flags PRIMARY KEY (id),
  CONSTRAINT uq_flags_comment_reader UNIQUE (comment, reader),
  CONSTRAINT fk_flags_comment FOREIGN KEY(comment) REFERENCES comments (id),
  CONSTRAINT fk_flags_reader FOREIGN KEY(reader) REFERENCES readers (id)
)

CREATE TABLE reports (
  id BIGSERIAL NOT NULL,
  article BIGINT NOT NULL,
  comment BIGINT,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_reports PRIMARY KEY (id),
  CONSTRAINT fk_reports_article FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT uq_reports_comment UNIQUE (comment),
  CONSTRAINT fk_reports_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_reports_state_id ON reports (state, id)

CREATE TABLE rulings (
  id BIGSERIAL NOT NULL,
  comment BIGINT NOT NULL,
  kind TEXT NOT NULL,
  action TEXT NOT NULL,
  clause TEXT,
  note TEXT,
  by TEXT NOT NULL,
  undoes BIGINT,
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

CREATE INDEX ix_rulings_by_id ON rulings (by, id)

CREATE INDEX ix_rulings_comment_id ON rulings (comment, id)

CREATE TABLE sent (
  sender TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  comment BIGINT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_sent PRIMARY KEY (sender, key),
  CONSTRAINT fk_sent_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_sent_at ON sent (at)

CREATE TABLE suggestions (
  id BIGSERIAL NOT NULL,
  comment BIGINT,
  digest TEXT,
  text JSON,
  context JSON,
  scores JSON NOT NULL,
  languages JSON NOT NULL,
  community JSON,
  token JSON,
  policy TEXT NOT NULL,
  model TEXT NOT NULL,
  by TEXT NOT NULL,
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
  decision BIGINT NOT NULL,
  number INTEGER NOT NULL,
  comment BIGINT NOT NULL,
  rule TEXT NOT NULL,
  certainty FLOAT NOT NULL,
  begin INTEGER NOT NULL,
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

CREATE FUNCTION comments_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'comments never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER comments_update BEFORE UPDATE ON "comments" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."edition"::text IS DISTINCT FROM NEW."edition"::text
  OR OLD."reader"::text IS DISTINCT FROM NEW."reader"::text
  OR OLD."staff"::text IS DISTINCT FROM NEW."staff"::text
  OR OLD."parent"::text IS DISTINCT FROM NEW."parent"::text
  OR OLD."root"::text IS DISTINCT FROM NEW."root"::text
  OR OLD."depth"::text IS DISTINCT FROM NEW."depth"::text
  OR OLD."digest"::text IS DISTINCT FROM NEW."digest"::text
  OR OLD."terms_version"::text IS DISTINCT FROM NEW."terms_version"::text
  OR OLD."created_at"::text IS DISTINCT FROM NEW."created_at"::text
  OR (OLD."text"::text IS DISTINCT FROM NEW."text"::text AND NEW."text" IS NOT NULL)
  OR (OLD."name"::text IS DISTINCT FROM NEW."name"::text AND NEW."name" IS NOT NULL)
  OR (OLD."salt"::text IS DISTINCT FROM NEW."salt"::text AND NEW."salt" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION comments_update()

CREATE FUNCTION comments_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'comments never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER comments_emptied BEFORE UPDATE ON "comments" FOR EACH ROW WHEN (OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."name"::text IS DISTINCT FROM NEW."name"::text
  OR OLD."salt"::text IS DISTINCT FROM NEW."salt"::text) EXECUTE FUNCTION comments_emptied()

CREATE FUNCTION comments_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'comments are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER comments_delete BEFORE DELETE ON "comments" FOR EACH ROW EXECUTE FUNCTION comments_delete()

CREATE TRIGGER comments_truncate BEFORE TRUNCATE ON "comments" FOR EACH STATEMENT EXECUTE FUNCTION comments_delete()

CREATE FUNCTION findings_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'findings never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER findings_update BEFORE UPDATE ON "findings" FOR EACH ROW WHEN (OLD."decision"::text IS DISTINCT FROM NEW."decision"::text
  OR OLD."number"::text IS DISTINCT FROM NEW."number"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."rule"::text IS DISTINCT FROM NEW."rule"::text
  OR OLD."certainty"::text IS DISTINCT FROM NEW."certainty"::text
  OR OLD."begin"::text IS DISTINCT FROM NEW."begin"::text
  OR OLD."end"::text IS DISTINCT FROM NEW."end"::text
  OR OLD."action"::text IS DISTINCT FROM NEW."action"::text
  OR OLD."trial"::text IS DISTINCT FROM NEW."trial"::text
  OR (OLD."why"::text IS DISTINCT FROM NEW."why"::text AND NEW."why" IS NOT NULL)) EXECUTE FUNCTION findings_update()

CREATE FUNCTION findings_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT (SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL THEN RAISE EXCEPTION 'findings never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER findings_emptied BEFORE UPDATE ON "findings" FOR EACH ROW WHEN (OLD."why"::text IS DISTINCT FROM NEW."why"::text) EXECUTE FUNCTION findings_emptied()

CREATE FUNCTION findings_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'findings are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER findings_delete BEFORE DELETE ON "findings" FOR EACH ROW EXECUTE FUNCTION findings_delete()

CREATE TRIGGER findings_truncate BEFORE TRUNCATE ON "findings" FOR EACH STATEMENT EXECUTE FUNCTION findings_delete()

CREATE FUNCTION reports_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reports never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER reports_update BEFORE UPDATE ON "reports" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text) EXECUTE FUNCTION reports_update()

CREATE FUNCTION reports_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reports are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER reports_delete BEFORE DELETE ON "reports" FOR EACH ROW EXECUTE FUNCTION reports_delete()

CREATE TRIGGER reports_truncate BEFORE TRUNCATE ON "reports" FOR EACH STATEMENT EXECUTE FUNCTION reports_delete()

CREATE FUNCTION decisions_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'decisions never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER decisions_update BEFORE UPDATE ON "decisions" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."action"::text IS DISTINCT FROM NEW."action"::text
  OR OLD."policy"::text IS DISTINCT FROM NEW."policy"::text
  OR OLD."model"::text IS DISTINCT FROM NEW."model"::text
  OR OLD."scores"::text IS DISTINCT FROM NEW."scores"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text) EXECUTE FUNCTION decisions_update()

CREATE FUNCTION decisions_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'decisions are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER decisions_delete BEFORE DELETE ON "decisions" FOR EACH ROW EXECUTE FUNCTION decisions_delete()

CREATE TRIGGER decisions_truncate BEFORE TRUNCATE ON "decisions" FOR EACH STATEMENT EXECUTE FUNCTION decisions_delete()

CREATE FUNCTION rulings_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'rulings never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER rulings_update BEFORE UPDATE ON "rulings" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."kind"::text IS DISTINCT FROM NEW."kind"::text
  OR OLD."action"::text IS DISTINCT FROM NEW."action"::text
  OR OLD."clause"::text IS DISTINCT FROM NEW."clause"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."undoes"::text IS DISTINCT FROM NEW."undoes"::text
  OR OLD."state_before"::text IS DISTINCT FROM NEW."state_before"::text
  OR OLD."state_after"::text IS DISTINCT FROM NEW."state_after"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."note"::text IS DISTINCT FROM NEW."note"::text AND NEW."note" IS NOT NULL)) EXECUTE FUNCTION rulings_update()

CREATE FUNCTION rulings_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT (SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL THEN RAISE EXCEPTION 'rulings never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER rulings_emptied BEFORE UPDATE ON "rulings" FOR EACH ROW WHEN (OLD."note"::text IS DISTINCT FROM NEW."note"::text) EXECUTE FUNCTION rulings_emptied()

CREATE FUNCTION rulings_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'rulings are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER rulings_delete BEFORE DELETE ON "rulings" FOR EACH ROW EXECUTE FUNCTION rulings_delete()

CREATE TRIGGER rulings_truncate BEFORE TRUNCATE ON "rulings" FOR EACH STATEMENT EXECUTE FUNCTION rulings_delete()

CREATE FUNCTION flags_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'flags never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER flags_update BEFORE UPDATE ON "flags" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."reader"::text IS DISTINCT FROM NEW."reader"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."note"::text IS DISTINCT FROM NEW."note"::text AND NEW."note" IS NOT NULL)
  OR (OLD."clause"::text IS DISTINCT FROM NEW."clause"::text AND NEW."clause" IS NOT NULL)) EXECUTE FUNCTION flags_update()

CREATE FUNCTION flags_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT ((SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL
  OR (SELECT erased_at FROM readers WHERE id = OLD.reader) IS NOT NULL) THEN RAISE EXCEPTION 'flags never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER flags_emptied BEFORE UPDATE ON "flags" FOR EACH ROW WHEN (OLD."note"::text IS DISTINCT FROM NEW."note"::text
  OR OLD."clause"::text IS DISTINCT FROM NEW."clause"::text) EXECUTE FUNCTION flags_emptied()

CREATE FUNCTION flags_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'flags are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER flags_delete BEFORE DELETE ON "flags" FOR EACH ROW EXECUTE FUNCTION flags_delete()

CREATE TRIGGER flags_truncate BEFORE TRUNCATE ON "flags" FOR EACH STATEMENT EXECUTE FUNCTION flags_delete()

CREATE FUNCTION suggestions_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'suggestions never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER suggestions_update BEFORE UPDATE ON "suggestions" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."scores"::text IS DISTINCT FROM NEW."scores"::text
  OR OLD."languages"::text IS DISTINCT FROM NEW."languages"::text
  OR OLD."community"::text IS DISTINCT FROM NEW."community"::text
  OR OLD."token"::text IS DISTINCT FROM NEW."token"::text
  OR OLD."policy"::text IS DISTINCT FROM NEW."policy"::text
  OR OLD."model"::text IS DISTINCT FROM NEW."model"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR OLD."total"::text IS DISTINCT FROM NEW."total"::text
  OR (OLD."text"::text IS DISTINCT FROM NEW."text"::text AND NEW."text" IS NOT NULL)
  OR (OLD."context"::text IS DISTINCT FROM NEW."context"::text AND NEW."context" IS NOT NULL)
  OR (OLD."digest"::text IS DISTINCT FROM NEW."digest"::text AND NEW."digest" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION suggestions_update()

CREATE FUNCTION suggestions_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'suggestions never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER suggestions_emptied BEFORE UPDATE ON "suggestions" FOR EACH ROW WHEN (OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."context"::text IS DISTINCT FROM NEW."context"::text
  OR OLD."digest"::text IS DISTINCT FROM NEW."digest"::text) EXECUTE FUNCTION suggestions_emptied()

CREATE FUNCTION suggestions_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'suggestions are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER suggestions_delete BEFORE DELETE ON "suggestions" FOR EACH ROW EXECUTE FUNCTION suggestions_delete()

CREATE TRIGGER suggestions_truncate BEFORE TRUNCATE ON "suggestions" FOR EACH STATEMENT EXECUTE FUNCTION suggestions_delete()

CREATE FUNCTION log_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'log never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER log_update BEFORE UPDATE ON "log" FOR EACH ROW WHEN (OLD."seq"::text IS DISTINCT FROM NEW."seq"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."deed"::text IS DISTINCT FROM NEW."deed"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."comment"::text IS DISTINCT FROM NEW."comment"::text
  OR OLD."facts"::text IS DISTINCT FROM NEW."facts"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."hash"::text IS DISTINCT FROM NEW."hash"::text) EXECUTE FUNCTION log_update()

CREATE FUNCTION log_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'log are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER log_delete BEFORE DELETE ON "log" FOR EACH ROW EXECUTE FUNCTION log_delete()

CREATE TRIGGER log_truncate BEFORE TRUNCATE ON "log" FOR EACH STATEMENT EXECUTE FUNCTION log_delete()
