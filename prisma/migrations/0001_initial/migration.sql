-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMP(3),
    "refreshTokenExpiresAt" TIMESTAMP(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "response" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("principal","key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "details" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'allocation',
    "granularity" TEXT,
    "filterKeys" TEXT[],
    "keysFixed" BOOLEAN NOT NULL DEFAULT false,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "loadingSeq" INTEGER NOT NULL DEFAULT 0,
    "projectedSeq" INTEGER NOT NULL DEFAULT 0,
    "availableSeq" INTEGER NOT NULL DEFAULT 0,
    "lastReceivedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry_batch" (
    "id" SERIAL NOT NULL,
    "streamId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "operation" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "recordCount" INTEGER NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMP(3),
    "undoesBatchId" INTEGER,

    CONSTRAINT "telemetry_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry_filter" (
    "id" SERIAL NOT NULL,
    "streamId" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "telemetry_filter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry_entry" (
    "batchId" INTEGER NOT NULL,
    "filterId" INTEGER NOT NULL,
    "bucketStart" TIMESTAMPTZ(0) NOT NULL,
    "element" TEXT NOT NULL,
    "value" DECIMAL(38,18),

    CONSTRAINT "telemetry_entry_pkey" PRIMARY KEY ("batchId","filterId","bucketStart","element")
);

-- CreateTable
CREATE TABLE "telemetry_record" (
    "streamId" INTEGER NOT NULL,
    "bucketStart" TIMESTAMPTZ(0) NOT NULL,
    "filterId" INTEGER NOT NULL,
    "element" TEXT NOT NULL,
    "value" DECIMAL(38,18) NOT NULL,
    "seq" INTEGER NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "telemetry_record_pkey" PRIMARY KEY ("streamId","bucketStart","filterId","element")
);

-- CreateTable
CREATE TABLE "costformation_version" (
    "version" SERIAL NOT NULL,
    "yaml" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "costformation_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "cost_import" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "bytesRead" BIGINT NOT NULL DEFAULT 0,
    "rowsRead" BIGINT NOT NULL DEFAULT 0,
    "rowsAccepted" BIGINT NOT NULL DEFAULT 0,
    "rowsRejected" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "warnings" TEXT[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "cancelledAt" TIMESTAMP(3),
    "heartbeatAt" TIMESTAMP(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cost_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cost_import_error" (
    "id" SERIAL NOT NULL,
    "importId" TEXT NOT NULL,
    "line" BIGINT NOT NULL,
    "column" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "cost_import_error_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cost_period" (
    "source" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "importId" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,

    CONSTRAINT "cost_period_pkey" PRIMARY KEY ("source","month")
);

-- CreateTable
CREATE TABLE "allocation_run" (
    "id" SERIAL NOT NULL,
    "reason" TEXT NOT NULL,
    "definitionVersion" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "days" INTEGER NOT NULL DEFAULT 0,
    "daysDone" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "allocation_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allocation_pointer" (
    "dimensionId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "runId" INTEGER NOT NULL,

    CONSTRAINT "allocation_pointer_pkey" PRIMARY KEY ("dimensionId","day")
);

-- CreateTable
CREATE TABLE "stale_day" (
    "day" DATE NOT NULL,
    "token" SERIAL NOT NULL,

    CONSTRAINT "stale_day_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "stream_name_key" ON "stream"("name");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_batch_streamId_seq_key" ON "telemetry_batch"("streamId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_filter_streamId_digest_key" ON "telemetry_filter"("streamId", "digest");

-- CreateIndex
CREATE INDEX "telemetry_entry_filterId_bucketStart_element_idx" ON "telemetry_entry"("filterId", "bucketStart", "element");

-- CreateIndex
CREATE INDEX "telemetry_record_streamId_seq_idx" ON "telemetry_record"("streamId", "seq");

-- CreateIndex
CREATE INDEX "cost_import_createdAt_idx" ON "cost_import"("createdAt");

-- CreateIndex
CREATE INDEX "cost_import_error_importId_idx" ON "cost_import_error"("importId");

-- CreateIndex
CREATE INDEX "cost_period_importId_idx" ON "cost_period"("importId");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_batch" ADD CONSTRAINT "telemetry_batch_streamId_fkey" FOREIGN KEY ("streamId") REFERENCES "stream"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_filter" ADD CONSTRAINT "telemetry_filter_streamId_fkey" FOREIGN KEY ("streamId") REFERENCES "stream"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_entry" ADD CONSTRAINT "telemetry_entry_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "telemetry_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_entry" ADD CONSTRAINT "telemetry_entry_filterId_fkey" FOREIGN KEY ("filterId") REFERENCES "telemetry_filter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_record" ADD CONSTRAINT "telemetry_record_streamId_fkey" FOREIGN KEY ("streamId") REFERENCES "stream"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry_record" ADD CONSTRAINT "telemetry_record_filterId_fkey" FOREIGN KEY ("filterId") REFERENCES "telemetry_filter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_import_error" ADD CONSTRAINT "cost_import_error_importId_fkey" FOREIGN KEY ("importId") REFERENCES "cost_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_period" ADD CONSTRAINT "cost_period_importId_fkey" FOREIGN KEY ("importId") REFERENCES "cost_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
