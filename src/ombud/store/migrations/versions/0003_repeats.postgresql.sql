CREATE TABLE campaigns (
  id BIGSERIAL NOT NULL,
  first BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  latest_at BIGINT NOT NULL,
  least_likeness FLOAT NOT NULL,
  quoted BOOLEAN DEFAULT false NOT NULL,
  reasons JSON NOT NULL,
  weight FLOAT DEFAULT '0' NOT NULL,
  looked INTEGER DEFAULT '0' NOT NULL,
  merged_into BIGINT,
  CONSTRAINT pk_campaigns PRIMARY KEY (id),
  CONSTRAINT fk_campaigns_first FOREIGN KEY(first) REFERENCES comments (id),
  CONSTRAINT fk_campaigns_merged_into FOREIGN KEY(merged_into) REFERENCES campaigns (id)
)

CREATE TABLE shares (
  campaign BIGINT NOT NULL,
  outlet TEXT NOT NULL,
  comments INTEGER NOT NULL,
  held INTEGER NOT NULL,
  readers INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  CONSTRAINT pk_shares PRIMARY KEY (campaign, outlet),
  CONSTRAINT fk_shares_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id),
  CONSTRAINT fk_shares_outlet FOREIGN KEY(outlet) REFERENCES outlets (id)
)

CREATE INDEX ix_shares_outlet_held ON shares (outlet, held)

CREATE TABLE texts (
  id BIGINT NOT NULL,
  hash BIGINT NOT NULL,
  folded TEXT NOT NULL,
  campaign BIGINT,
  CONSTRAINT pk_texts PRIMARY KEY (id),
  CONSTRAINT fk_texts_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id)
)

CREATE INDEX ix_texts_campaign ON texts (campaign)

CREATE INDEX ix_texts_hash ON texts (hash)

CREATE TABLE copies (
  comment BIGINT NOT NULL,
  text BIGINT,
  campaign BIGINT,
  reader BIGINT NOT NULL,
  article BIGINT NOT NULL,
  outlet TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT pk_copies PRIMARY KEY (comment),
  CONSTRAINT fk_copies_comment FOREIGN KEY(comment) REFERENCES comments (id),
  CONSTRAINT fk_copies_text FOREIGN KEY(text) REFERENCES texts (id),
  CONSTRAINT fk_copies_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id)
)

CREATE INDEX ix_copies_campaign_article ON copies (campaign, article)

CREATE INDEX ix_copies_campaign_comment ON copies (campaign, comment)

CREATE INDEX ix_copies_campaign_reader ON copies (campaign, reader)

CREATE INDEX ix_copies_text_comment ON copies (text, comment)

CREATE INDEX ix_copies_text_reader_comment ON copies (text, reader, comment)

CREATE TABLE bands (
  key BIGINT NOT NULL,
  text BIGINT NOT NULL,
  CONSTRAINT pk_bands PRIMARY KEY (key, text)
)

CREATE TABLE traces (
  comment BIGINT NOT NULL,
  address TEXT NOT NULL,
  block TEXT NOT NULL,
  at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT pk_traces PRIMARY KEY (comment),
  CONSTRAINT fk_traces_comment FOREIGN KEY(comment) REFERENCES comments (id)
)

CREATE INDEX ix_traces_address_at ON traces (address, at)

CREATE INDEX ix_traces_block_at ON traces (block, at)

CREATE INDEX ix_traces_expires_at ON traces (expires_at)

CREATE TABLE floods (
  article BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  latest_at BIGINT NOT NULL,
  rate INTEGER NOT NULL,
  usual FLOAT NOT NULL,
  CONSTRAINT pk_floods PRIMARY KEY (article),
  CONSTRAINT fk_floods_article FOREIGN KEY(article) REFERENCES articles (id)
)

CREATE INDEX ix_floods_latest_at ON floods (latest_at)
