CREATE TABLE keys (
  id INTEGER NOT NULL,
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
  "by" TEXT NOT NULL,
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
  id INTEGER NOT NULL,
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
  id INTEGER NOT NULL,
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
  id INTEGER NOT NULL,
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
  staff INTEGER NOT NULL,
  began_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token),
  CONSTRAINT fk_sessions_staff FOREIGN KEY(staff) REFERENCES staff (id)
)

CREATE INDEX ix_sessions_ends_at ON sessions (ends_at)

CREATE TABLE bans (
  id INTEGER NOT NULL,
  reader INTEGER NOT NULL,
  reason TEXT NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT,
  lifted_at BIGINT,
  lifted_by TEXT,
  CONSTRAINT pk_bans PRIMARY KEY (id),
  CONSTRAINT fk_bans_reader FOREIGN KEY(reader) REFERENCES readers (id)
)

CREATE INDEX ix_bans_reader ON bans (reader)

CREATE TABLE editions (
  article INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  text TEXT NOT NULL,
  published_at BIGINT,
  recorded_at BIGINT NOT NULL,
  CONSTRAINT pk_editions PRIMARY KEY (article, number),
  CONSTRAINT fk_editions_article FOREIGN KEY(article) REFERENCES articles (id)
)

CREATE TRIGGER readers_update BEFORE UPDATE ON "readers" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."joined_at" IS NOT NEW."joined_at"
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'readers never change'); END

CREATE TRIGGER readers_delete BEFORE DELETE ON "readers" BEGIN SELECT RAISE(ABORT, 'readers are never removed'); END

CREATE TRIGGER readers_replace BEFORE INSERT ON "readers" WHEN EXISTS (SELECT 1 FROM "readers" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'readers are never removed'); END

CREATE TRIGGER articles_update BEFORE UPDATE ON "articles" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."url" IS NOT NEW."url"
  OR OLD."opened_at" IS NOT NEW."opened_at") BEGIN SELECT RAISE(ABORT, 'articles never change'); END

CREATE TRIGGER articles_delete BEFORE DELETE ON "articles" BEGIN SELECT RAISE(ABORT, 'articles are never removed'); END

CREATE TRIGGER articles_replace BEFORE INSERT ON "articles" WHEN EXISTS (SELECT 1 FROM "articles" WHERE ("id" = NEW."id")
  OR ("url" = NEW."url")) BEGIN SELECT RAISE(ABORT, 'articles are never removed'); END

CREATE TRIGGER editions_update BEFORE UPDATE ON "editions" WHEN (OLD."article" IS NOT NEW."article"
  OR OLD."number" IS NOT NEW."number"
  OR OLD."title" IS NOT NEW."title"
  OR OLD."byline" IS NOT NEW."byline"
  OR OLD."text" IS NOT NEW."text"
  OR OLD."published_at" IS NOT NEW."published_at"
  OR OLD."recorded_at" IS NOT NEW."recorded_at") BEGIN SELECT RAISE(ABORT, 'editions never change'); END

CREATE TRIGGER editions_delete BEFORE DELETE ON "editions" BEGIN SELECT RAISE(ABORT, 'editions are never removed'); END

CREATE TRIGGER editions_replace BEFORE INSERT ON "editions" WHEN EXISTS (SELECT 1 FROM "editions" WHERE ("article" = NEW."article" AND "number" = NEW."number")) BEGIN SELECT RAISE(ABORT, 'editions are never removed'); END

CREATE TRIGGER bans_update BEFORE UPDATE ON "bans" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."reader" IS NOT NEW."reader"
  OR OLD."reason" IS NOT NEW."reason"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR OLD."until" IS NOT NEW."until") BEGIN SELECT RAISE(ABORT, 'bans never change'); END

CREATE TRIGGER bans_delete BEFORE DELETE ON "bans" BEGIN SELECT RAISE(ABORT, 'bans are never removed'); END

CREATE TRIGGER bans_replace BEFORE INSERT ON "bans" WHEN EXISTS (SELECT 1 FROM "bans" WHERE ("id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'bans are never removed'); END

CREATE TRIGGER policies_update BEFORE UPDATE ON "policies" WHEN (OLD."version" IS NOT NEW."version"
  OR OLD."name" IS NOT NEW."name"
  OR OLD."written" IS NOT NEW."written"
  OR OLD."clauses" IS NOT NEW."clauses"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."reason" IS NOT NEW."reason"
  OR OLD."at" IS NOT NEW."at") BEGIN SELECT RAISE(ABORT, 'policies never change'); END

CREATE TRIGGER policies_delete BEFORE DELETE ON "policies" BEGIN SELECT RAISE(ABORT, 'policies are never removed'); END

CREATE TRIGGER policies_replace BEFORE INSERT ON "policies" WHEN EXISTS (SELECT 1 FROM "policies" WHERE ("version" = NEW."version")) BEGIN SELECT RAISE(ABORT, 'policies are never removed'); END
