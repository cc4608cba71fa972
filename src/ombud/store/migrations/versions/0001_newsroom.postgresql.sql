CREATE TABLE keys (
  id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  token TEXT NOT NULL,
  role TEXT NOT NULL,
  outlets JSON,
  added_at BIGINT NOT NULL,
  revoked_at BIGINT,
  CONSTRAINT pk_keys PRIMARY KEY (id),
  CONSTRAINT ck_keys_role CHECK (role IN ('moderator', 'editor', 'admin')),
  CONSTRAINT uq_keys_name UNIQUE (name),
  CONSTRAINT uq_keys_token UNIQUE (token)
)

CREATE TABLE outlets (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  mode TEXT NOT NULL,
  origins JSON NOT NULL,
  trust_after INTEGER NOT NULL,
  terms_version TEXT NOT NULL,
  terms_url TEXT NOT NULL,
  sso_secret TEXT,
  coral_secrets JSON NOT NULL,
  opened_at BIGINT NOT NULL,
  CONSTRAINT pk_outlets PRIMARY KEY (id),
  CONSTRAINT ck_outlets_mode CHECK (mode IN ('premoderate', 'automatic', 'closed'))
)

CREATE TABLE policies (
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  written TEXT NOT NULL,
  clauses JSON NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_policies PRIMARY KEY (version)
)

CREATE TABLE secrets (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT pk_secrets PRIMARY KEY (name)
)

CREATE TABLE staff (
  id BIGSERIAL NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  totp_secret TEXT,
  outlets JSON,
  added_at BIGINT NOT NULL,
  gone_at BIGINT,
  CONSTRAINT pk_staff PRIMARY KEY (id),
  CONSTRAINT ck_staff_role CHECK (role IN ('moderator', 'editor', 'admin')),
  CONSTRAINT uq_staff_name UNIQUE (name)
)

CREATE TABLE articles (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  url TEXT NOT NULL,
  mode TEXT,
  edition INTEGER NOT NULL,
  approved INTEGER DEFAULT '0' NOT NULL,
  opened_at BIGINT NOT NULL,
  CONSTRAINT pk_articles PRIMARY KEY (id),
  CONSTRAINT ck_articles_mode CHECK (mode IS NULL OR mode IN ('premoderate', 'automatic', 'closed')),
  CONSTRAINT fk_articles_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT uq_articles_url UNIQUE (url)
)

CREATE INDEX ix_articles_outlet_id ON articles (outlet, id)

CREATE TABLE readers (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  name TEXT,
  email TEXT,
  sso_id TEXT,
  staff BOOLEAN DEFAULT false NOT NULL,
  terms_version TEXT,
  joined_at BIGINT NOT NULL,
  erased_at BIGINT,
  CONSTRAINT pk_readers PRIMARY KEY (id),
  CONSTRAINT uq_readers_outlet_sso_id UNIQUE (outlet, sso_id),
  CONSTRAINT fk_readers_outlet FOREIGN KEY(outlet) REFERENCES outlets (id)
)

CREATE INDEX ix_readers_outlet_name ON readers (outlet, name)

CREATE TABLE sessions (
  token TEXT NOT NULL,
  staff BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token),
  CONSTRAINT fk_sessions_staff FOREIGN KEY(staff) REFERENCES staff (id)
)

CREATE INDEX ix_sessions_ends_at ON sessions (ends_at)

CREATE TABLE bans (
  id BIGSERIAL NOT NULL,
  reader BIGINT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT,
  lifted_at BIGINT,
  lifted_by TEXT,
  CONSTRAINT pk_bans PRIMARY KEY (id),
  CONSTRAINT fk_bans_reader FOREIGN KEY(reader) REFERENCES readers (id)
)

CREATE INDEX ix_bans_reader ON bans (reader)

CREATE TABLE editions (
  article BIGINT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  text TEXT NOT NULL,
  published_at BIGINT,
  recorded_at BIGINT NOT NULL,
  CONSTRAINT pk_editions PRIMARY KEY (article, number),
  CONSTRAINT fk_editions_article FOREIGN KEY(article) REFERENCES articles (id)
)

CREATE FUNCTION readers_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'readers never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER readers_update BEFORE UPDATE ON "readers" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."joined_at"::text IS DISTINCT FROM NEW."joined_at"::text
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION readers_update()

CREATE FUNCTION readers_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'readers are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER readers_delete BEFORE DELETE ON "readers" FOR EACH ROW EXECUTE FUNCTION readers_delete()

CREATE TRIGGER readers_truncate BEFORE TRUNCATE ON "readers" FOR EACH STATEMENT EXECUTE FUNCTION readers_delete()

CREATE FUNCTION articles_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'articles never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER articles_update BEFORE UPDATE ON "articles" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."url"::text IS DISTINCT FROM NEW."url"::text
  OR OLD."opened_at"::text IS DISTINCT FROM NEW."opened_at"::text) EXECUTE FUNCTION articles_update()

CREATE FUNCTION articles_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'articles are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER articles_delete BEFORE DELETE ON "articles" FOR EACH ROW EXECUTE FUNCTION articles_delete()

CREATE TRIGGER articles_truncate BEFORE TRUNCATE ON "articles" FOR EACH STATEMENT EXECUTE FUNCTION articles_delete()

CREATE FUNCTION editions_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'editions never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER editions_update BEFORE UPDATE ON "editions" FOR EACH ROW WHEN (OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."number"::text IS DISTINCT FROM NEW."number"::text
  OR OLD."title"::text IS DISTINCT FROM NEW."title"::text
  OR OLD."byline"::text IS DISTINCT FROM NEW."byline"::text
  OR OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."published_at"::text IS DISTINCT FROM NEW."published_at"::text
  OR OLD."recorded_at"::text IS DISTINCT FROM NEW."recorded_at"::text) EXECUTE FUNCTION editions_update()

CREATE FUNCTION editions_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'editions are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER editions_delete BEFORE DELETE ON "editions" FOR EACH ROW EXECUTE FUNCTION editions_delete()

CREATE TRIGGER editions_truncate BEFORE TRUNCATE ON "editions" FOR EACH STATEMENT EXECUTE FUNCTION editions_delete()

CREATE FUNCTION bans_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'bans never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER bans_update BEFORE UPDATE ON "bans" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."reader"::text IS DISTINCT FROM NEW."reader"::text
  OR OLD."reason"::text IS DISTINCT FROM NEW."reason"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR OLD."until"::text IS DISTINCT FROM NEW."until"::text) EXECUTE FUNCTION bans_update()

CREATE FUNCTION bans_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'bans are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER bans_delete BEFORE DELETE ON "bans" FOR EACH ROW EXECUTE FUNCTION bans_delete()

CREATE TRIGGER bans_truncate BEFORE TRUNCATE ON "bans" FOR EACH STATEMENT EXECUTE FUNCTION bans_delete()

CREATE FUNCTION policies_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'policies never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER policies_update BEFORE UPDATE ON "policies" FOR EACH ROW WHEN (OLD."version"::text IS DISTINCT FROM NEW."version"::text
  OR OLD."name"::text IS DISTINCT FROM NEW."name"::text
  OR OLD."written"::text IS DISTINCT FROM NEW."written"::text
  OR OLD."clauses"::text IS DISTINCT FROM NEW."clauses"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."reason"::text IS DISTINCT FROM NEW."reason"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text) EXECUTE FUNCTION policies_update()

CREATE FUNCTION policies_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'policies are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER policies_delete BEFORE DELETE ON "policies" FOR EACH ROW EXECUTE FUNCTION policies_delete()

CREATE TRIGGER policies_truncate BEFORE TRUNCATE ON "policies" FOR EACH STATEMENT EXECUTE FUNCTION policies_delete()
