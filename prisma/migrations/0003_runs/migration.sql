-- AlterTable
ALTER TABLE "allocation_run" ADD COLUMN     "causes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "changes" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "stale_day" DROP CONSTRAINT "stale_day_pkey",
ADD COLUMN     "dimensionId" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "stale_day_pkey" PRIMARY KEY ("day", "dimensionId");

-- CreateTable
CREATE TABLE "stale_cause" (
    "id" SERIAL NOT NULL,
    "cause" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stale_cause_pkey" PRIMARY KEY ("id")
);

-- What was computed before keeps no cells to explain or regroup: it is computed again.
INSERT INTO "stale_day" ("day") SELECT DISTINCT "day" FROM "allocation_pointer" ON CONFLICT DO NOTHING;
