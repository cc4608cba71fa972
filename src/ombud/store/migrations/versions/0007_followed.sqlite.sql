CREATE TABLE feeds (
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  url TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  etag TEXT DEFAULT '' NOT NULL,
  modified TEXT DEFAULT '' NOT NULL,
  checked_at BIGINT,
  next_at BIGINT NOT NULL,
  failures INTEGER DEFAULT '0' NOT NULL,
  failure TEXT,
  CONSTRAINT pk_feeds PRIMARY KEY (id),
  CONSTRAINT uq_feeds_url UNIQUE (url)
)

CREATE INDEX ix_feeds_next_at ON feeds (next_at)

CREATE TABLE stories (
  id INTEGER NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT pk_stories PRIMARY KEY (id)
)

CREATE INDEX ix_stories_changed_at ON stories (changed_at)

CREATE TABLE pages (
  id INTEGER NOT NULL,
  url TEXT NOT NULL,
  feed INTEGER,
  "key" TEXT NOT NULL,
  outlet TEXT NOT NULL,
  title TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  story INTEGER,
  edition INTEGER DEFAULT '0' NOT NULL,
  visits INTEGER DEFAULT '0' NOT NULL,
  next_at BIGINT,
  failures INTEGER DEFAULT '0' NOT NULL,
  failure TEXT,
  CONSTRAINT pk_pages PRIMARY KEY (id),
  CONSTRAINT uq_pages_feed_key UNIQUE (feed, "key"),
  CONSTRAINT ck_pages_state CHECK (state IN ('waiting', 'kept', 'failed')),
  CONSTRAINT uq_pages_url UNIQUE (url),
  CONSTRAINT fk_pages_feed FOREIGN KEY(feed) REFERENCES feeds (id) ON DELETE SET NULL,
  CONSTRAINT fk_pages_story FOREIGN KEY(story) REFERENCES stories (id)
)

CREATE INDEX ix_pages_next_at ON pages (next_at)

CREATE INDEX ix_pages_state_seen_at ON pages (state, seen_at)

CREATE INDEX ix_pages_story ON pages (story)

CREATE TABLE page_editions (
  page INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  text TEXT NOT NULL,
  spans JSON NOT NULL,
  published_at TEXT,
  origin TEXT,
  recorded_at BIGINT NOT NULL,
  CONSTRAINT pk_page_editions PRIMARY KEY (page, number),
  CONSTRAINT fk_page_editions_page FOREIGN KEY(page) REFERENCES pages (id)
)
