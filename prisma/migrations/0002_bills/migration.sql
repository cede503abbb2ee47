-- DropForeignKey
ALTER TABLE "cost_period" DROP CONSTRAINT "cost_period_importId_fkey";

-- DropIndex
DROP INDEX "cost_period_importId_idx";

-- AlterTable
ALTER TABLE "cost_import" ALTER COLUMN "format" SET DEFAULT 'auto',
ADD COLUMN     "formatAsked" TEXT NOT NULL DEFAULT 'auto',
ADD COLUMN     "formatVersion" TEXT,
ADD COLUMN     "mapping" JSONB,
ADD COLUMN     "allowRepeat" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "maxRejected" DECIMAL(9,8) NOT NULL DEFAULT 0.5,
ADD COLUMN     "digest" TEXT,
ADD COLUMN     "months" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'replace';

-- AlterTable
ALTER TABLE "cost_import_error" ADD COLUMN     "file" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "cost_period" ADD COLUMN     "importIds" TEXT[],
ADD COLUMN     "previousImportIds" TEXT[];

-- AlterTable
ALTER TABLE "costformation_version" ADD COLUMN     "restoredFrom" INTEGER;

-- CreateTable
CREATE TABLE "cost_import_file" (
    "importId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "fileName" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "cost_import_file_pkey" PRIMARY KEY ("importId","position")
);

-- CreateTable
CREATE TABLE "import_profile" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "import_profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "anycost_drop" (
    "id" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "operation" TEXT NOT NULL,
    "rowCount" INTEGER NOT NULL,
    "importId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "anycost_drop_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cost_import_file_sha256_idx" ON "cost_import_file"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "import_profile_source_key" ON "import_profile"("source");

-- CreateIndex
CREATE INDEX "anycost_drop_connectionId_month_idx" ON "anycost_drop"("connectionId", "month");

-- AddForeignKey
ALTER TABLE "cost_import_file" ADD CONSTRAINT "cost_import_file_importId_fkey" FOREIGN KEY ("importId") REFERENCES "cost_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is there already
INSERT INTO "cost_import_file" ("importId", "position", "fileName", "path", "sha256", "bytes")
SELECT "id", 0, "fileName", "path", "sha256", "bytes" FROM "cost_import";

UPDATE "cost_import" SET "months" = held.months
FROM (
  SELECT "importId", jsonb_agg(jsonb_build_object('month', to_char("month", 'YYYY-MM-DD'), 'rows', "rows") ORDER BY "month") AS months
  FROM "cost_period" GROUP BY "importId"
) AS held WHERE held."importId" = "cost_import"."id";

UPDATE "cost_period" SET "importIds" = ARRAY["importId"], "previousImportIds" = ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "cost_import" DROP COLUMN "path",
DROP COLUMN "sha256";

-- AlterTable
ALTER TABLE "cost_period" DROP COLUMN "importId",
DROP COLUMN "rows";
