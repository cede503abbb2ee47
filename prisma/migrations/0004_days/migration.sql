-- AlterTable
ALTER TABLE "cost_import" ADD COLUMN     "daysAttempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "daysWhole" INTEGER;

-- AlterTable
ALTER TABLE "cost_period" ADD COLUMN     "isRolledBack" BOOLEAN NOT NULL DEFAULT false;
